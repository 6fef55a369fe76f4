import { Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';

/** What stands where a screen will be. */
export function Loading() {
  const { t } = useTranslation();
  return (
    <div role="status" aria-label={t('shell.loading')} style={{ padding: 24 }}>
      <Skeleton active title paragraph={{ rows: 6 }} />
    </div>
  );
}
