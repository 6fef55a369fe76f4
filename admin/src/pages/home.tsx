import { Button, Result } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, Navigate } from 'react-router';
import { useTimeZone } from '../components/instant';
import { may } from '../providers/access-control';
import { useMe } from '../providers/me';
import { firstScreen } from '../resources/first-screen';
import { startOfDay } from './resources/zoned-time';

/** `/`: straight to the person's work. */
export function HomeScreen() {
  const { t } = useTranslation();
  const timeZone = useTimeZone();
  const isKnown = useMe() !== null;
  const path = isKnown ? firstScreen(may, startOfDay(new Date(), timeZone)) : null;
  if (path) return <Navigate to={path} replace />;
  return <Result status="info" title={t('shell.noScreenTitle')} subTitle={t('shell.noScreenText')} />;
}

export function NotFoundScreen() {
  const { t } = useTranslation();
  const home = (
    <Link to="/">
      <Button type="primary">{t('shell.home')}</Button>
    </Link>
  );
  return <Result status="info" title={t('shell.notFoundTitle')} subTitle={t('shell.notFoundText')} extra={home} />;
}
