import { businessDayOf } from '@tessera/kernel/domain';
import { Button, Result } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, Navigate } from 'react-router';
import { useTitle } from '../components/page';
import { may } from '../providers/access-control';
import { useMe, useStore } from '../providers/me';
import { firstScreen } from '../resources/first-screen';

/** `/`: straight to the person's work. */
export function HomeScreen() {
  const { t } = useTranslation();
  const store = useStore();
  const isKnown = useMe() !== null;
  const today = store && businessDayOf(new Date(), store.timeZone, store.dayCutoff);
  const path = isKnown ? firstScreen(may, today) : null;
  if (path) return <Navigate to={path} replace />;
  return <Result status="info" title={t('shell.noScreenTitle')} subTitle={t('shell.noScreenText')} />;
}

export function NotFoundScreen() {
  const { t } = useTranslation();
  useTitle(t('shell.notFoundTitle'));
  const home = (
    <Link to="/">
      <Button type="primary">{t('shell.home')}</Button>
    </Link>
  );
  return <Result status="info" title={t('shell.notFoundTitle')} subTitle={t('shell.notFoundText')} extra={home} />;
}
