import { LockOutlined } from '@ant-design/icons';
import { Alert, Button, Result } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { isRefusal, sentenceFor, type ApiError } from '../providers/api-error';
import { pick } from '../providers/i18n';
import { Page, useTitle } from './page';

/** A screen that the person may not open: which one, why, who can help, and the way on. */
export function RefusedScreen({ name }: { name: string }) {
  const { t } = useTranslation();
  const title = t('shell.refusedTitle', { screen: t(`screens.${name}`) });
  useTitle(title);
  return (
    <Result
      status="403"
      icon={<LockOutlined aria-hidden />}
      title={<h1 className="refused-title">{title}</h1>}
      extra={
        <Link to="/">
          <Button type="primary">{t('shell.home')}</Button>
        </Link>
      }
      subTitle={
        <>
          <p>{t('shell.refusedText')}</p>
          <p>{t('shell.refusedAsk')}</p>
        </>
      }
    />
  );
}

/** In place of a screen whose content could not be had: why, and the way back. */
export function FailedScreen({ error, name, isRecord = false }: { error: ApiError; name: string; isRecord?: boolean }) {
  const { t } = useTranslation();
  const screen = t(`screens.${name}`);
  return (
    <Page title={screen} back={isRecord && <Link to={`/${name}`}>← {screen}</Link>}>
      <ErrorNotice error={error} />
    </Page>
  );
}

/** Any failed call, as a sentence; a refusal also says why and who could allow it. */
export function ErrorNotice({ error }: { error: ApiError }) {
  const { t } = useTranslation();
  const { details } = error;
  // Not the message of the error: it stays in the language in which it came.
  const sentence = sentenceFor(error.code, error.statusCode);
  if (!isRefusal(details)) return <Alert type="error" showIcon message={sentence} />;
  const reasons = [...new Set(details.reasons.map((reason) => reason.code))];
  return (
    <Alert
      type="warning"
      showIcon
      message={details.label ? t('refusal.title', { act: pick(details.label) }) : sentence}
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
