import type { RefusalDetails } from '@tessera/access/domain';
import { Alert, Result } from 'antd';
import { useTranslation } from 'react-i18next';
import type { ApiError } from '../providers/api-error';
import { pick } from '../providers/i18n';

/** A screen that the person may not open: why, and who can help. */
export function RefusedScreen() {
  const { t } = useTranslation();
  return (
    <Result
      status="403"
      icon={<span />}
      title={t('shell.refusedTitle')}
      subTitle={
        <>
          <p>{t('shell.refusedText')}</p>
          <p>{t('shell.refusedAsk')}</p>
        </>
      }
    />
  );
}

function isRefusal(details: unknown): details is RefusalDetails {
  return typeof details === 'object' && details !== null && 'reasons' in details && 'couldAllow' in details;
}

/** Any failed call, as a sentence; a refusal also says why and who could allow it. */
export function ErrorNotice({ error }: { error: ApiError }) {
  const { t } = useTranslation();
  const { details } = error;
  if (!isRefusal(details)) return <Alert type="error" showIcon message={error.message} />;
  const reasons = [...new Set(details.reasons.map((reason) => reason.code))];
  return (
    <Alert
      type="warning"
      showIcon
      message={details.label ? t('refusal.title', { act: pick(details.label) }) : error.message}
      description={
        <>
          {reasons.map((code) => (
            <div key={code}>{t(`refusal.${code}`)}</div>
          ))}
          {details.couldAllow.length > 0 && (
            <div>{t('shell.refusedHelp', { roles: details.couldAllow.map(pick).join(t('refusal.separator')) })}</div>
          )}
        </>
      }
    />
  );
}
