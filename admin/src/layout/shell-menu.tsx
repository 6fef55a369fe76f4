import { Menu, type MenuProps } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { may } from '../providers/access-control';
import { useMe } from '../providers/me';
import { SCREENS, SECTIONS } from '../resources/registry';

/** The screens open to this person, by section; a section without any is not there. */
export function ShellMenu({ isCollapsed }: { isCollapsed: boolean }) {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  // Subscribes to the policy: a role given or taken shows at once.
  useMe();
  const items = SECTIONS.flatMap((section): NonNullable<MenuProps['items']> => {
    const children = SCREENS.filter((screen) => screen.section === section && may(screen.permission)).map((screen) => ({
      key: screen.name,
      icon: <screen.icon />,
      label: <Link to={`/${screen.name}`}>{t(`screens.${screen.name}`)}</Link>,
    }));
    if (children.length === 0) return [];
    if (isCollapsed) return children;
    return [{ key: `section-${section}`, type: 'group' as const, label: t(`screens.sections.${section}`), children }];
  });
  return (
    <nav aria-label={t('shell.menu')} className="shell-menu">
      <Link to="/" className="shell-brand" aria-label={t('shell.home')}>
        <img src="/tessera.svg" alt="" width={28} height={28} />
        {!isCollapsed && <span>Tessera</span>}
      </Link>
      <Menu mode="inline" items={items} selectedKeys={[pathname.split('/')[1] ?? '']} style={{ borderInlineEnd: 0 }} />
    </nav>
  );
}
