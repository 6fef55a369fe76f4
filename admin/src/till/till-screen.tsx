import { Empty } from 'antd';
import { useTranslation } from 'react-i18next';

export default function TillScreen() {
  const { t } = useTranslation();
  return <Empty description={t('till.title')} />;
}
