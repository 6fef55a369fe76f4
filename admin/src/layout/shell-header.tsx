import {
  MenuFoldOutlined,
  MenuUnfoldOutlined,
  MoonOutlined,
  SunOutlined,
  TranslationOutlined,
  UserOutlined,
} from '@ant-design/icons';
import { useLogout } from '@refinedev/core';
import { Button, Dropdown, Select } from 'antd';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'react-router';
import { appearance, useAppearance } from '../providers/appearance';
import { chooseLanguage, nameOf, pick, useLanguage } from '../providers/i18n';
import { me, useMe, useStore } from '../providers/me';

const Palette = lazy(() => import('../palette/palette'));
const ShortcutHelp = lazy(() => import('../palette/shortcut-help'));

function StoreSwitch() {
  const { t } = useTranslation();
  const stores = useMe()?.stores ?? [];
  const store = useStore();
  if (!store) return null;
  if (stores.length === 1) return <strong className="shell-store">{nameOf(store)}</strong>;
  return (
    <Select
      aria-label={t('shell.store')}
      value={store.id}
      onChange={me.chooseStore}
      options={stores.map((item) => ({ value: item.id, label: nameOf(item) }))}
      popupMatchSelectWidth={false}
      style={{ minWidth: 140, maxWidth: 260 }}
    />
  );
}

function LanguageButton() {
  const { t } = useTranslation();
  const isEnglish = useLanguage() === 'en';
  return (
    <Button
      type="text"
      icon={<TranslationOutlined />}
      aria-label={t('shell.language')}
      title={isEnglish ? '中文' : 'English'}
      onClick={() => void chooseLanguage(isEnglish ? 'zh-CN' : 'en')}
    />
  );
}

function AppearanceButton() {
  const { t } = useTranslation();
  const isDark = useAppearance() === 'dark';
  const label = isDark ? t('shell.toLight') : t('shell.toDark');
  return (
    <Button
      type="text"
      icon={isDark ? <SunOutlined /> : <MoonOutlined />}
      aria-label={label}
      title={label}
      onClick={() => appearance.choose(isDark ? 'light' : 'dark')}
    />
  );
}

function AccountMenu() {
  const { t } = useTranslation();
  const { mutate: signOut } = useLogout();
  const staff = useMe()?.staff;
  if (!staff) return null;
  const who = (
    <div>
      <div>{staff.email}</div>
      <div>{staff.roles.map(pick).join(t('refusal.separator'))}</div>
    </div>
  );
  const items = [
    { key: 'who', label: who, disabled: true },
    { type: 'divider' as const },
    { key: 'sign-out', label: t('shell.signOut'), onClick: () => signOut() },
  ];
  return (
    <Dropdown menu={{ items }} trigger={['click']}>
      <Button type="text" icon={<UserOutlined />} aria-label={t('shell.account', { name: staff.name })}>
        <span className="shell-account-name">{staff.name}</span>
      </Button>
    </Dropdown>
  );
}

/** Palette and key help of the back office; the till has its own keys, and loads neither. */
function Keyboard() {
  const { pathname } = useLocation();
  if (pathname.split('/')[1] === 'till') return null;
  return (
    <Suspense fallback={null}>
      <Palette />
      <ShortcutHelp />
    </Suspense>
  );
}

export function ShellHeader({ isMenuCollapsed, onToggleMenu }: { isMenuCollapsed: boolean; onToggleMenu: () => void }) {
  const { t } = useTranslation();
  const label = isMenuCollapsed ? t('shell.menuOpen') : t('shell.menuClose');
  return (
    <header className="shell-header">
      <Button
        type="text"
        icon={isMenuCollapsed ? <MenuUnfoldOutlined /> : <MenuFoldOutlined />}
        aria-label={label}
        aria-expanded={!isMenuCollapsed}
        onClick={onToggleMenu}
      />
      <StoreSwitch />
      <div style={{ flex: 1 }} />
      <Keyboard />
      <LanguageButton />
      <AppearanceButton />
      <AccountMenu />
    </header>
  );
}
