import {
  BulbOutlined,
  ContactsOutlined,
  LogoutOutlined,
  PlusOutlined,
  ShoppingCartOutlined,
  TransactionOutlined,
  TranslationOutlined,
} from '@ant-design/icons';
import { useLogout } from '@refinedev/core';
import { Priority, type Action } from '@refinedev/kbar';
import { createElement, useMemo, type ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { may } from '../providers/access-control';
import { appearance, useAppearance } from '../providers/appearance';
import { chooseLanguage, useLanguage } from '../providers/i18n';
import { useMe } from '../providers/me';
import { SCREENS } from '../resources/registry';
import type { Found } from './use-found';

const icon = (component: ComponentType) => createElement(component);

/** Every screen the role may use and every record it may make. */
export function useScreenActions(): Action[] {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const language = useLanguage();
  const me = useMe();
  return useMemo(() => {
    const open = SCREENS.filter((screen) => may(screen.permission));
    const goTo = open.map((screen) => ({
      id: `go-${screen.name}`,
      name:
        screen.name === 'till' ? t('palette.startSale') : t('palette.goTo', { screen: t(`screens.${screen.name}`) }),
      keywords: `${screen.name} ${t(`screens.${screen.name}`)}`,
      icon: icon(screen.name === 'till' ? ShoppingCartOutlined : screen.icon),
      perform: () => void navigate(`/${screen.name}`),
    }));
    const create = open
      .filter((screen) => screen.kind === 'master' && may(`${screen.name}.create`))
      .map((screen) => ({
        id: `new-${screen.name}`,
        name: t(`lists.create.${screen.name}`),
        keywords: `${screen.name} new`,
        icon: icon(PlusOutlined),
        perform: () => void navigate(`/${screen.name}/new`),
      }));
    return [...goTo, ...create];
    // `may` and `t` answer by the policy and the language.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [me?.policyVersion, language, navigate]);
}

/** What concerns the person and the device. */
export function usePersonActions(): Action[] {
  const { t } = useTranslation();
  const { mutate: signOut } = useLogout();
  const language = useLanguage();
  const look = useAppearance();
  return useMemo(
    () => [
      {
        id: 'language',
        name: t('palette.language'),
        keywords: 'language english chinese 中文 语言',
        icon: icon(TranslationOutlined),
        perform: () => void chooseLanguage(language === 'en' ? 'zh-CN' : 'en'),
      },
      {
        id: 'appearance',
        name: t('palette.theme'),
        keywords: 'theme dark light appearance',
        icon: icon(BulbOutlined),
        perform: () => appearance.choose(look === 'dark' ? 'light' : 'dark'),
      },
      {
        id: 'sign-out',
        name: t('palette.signOut'),
        keywords: 'sign out log out logout',
        icon: icon(LogoutOutlined),
        perform: () => signOut(),
      },
    ],
    [t, language, look, signOut],
  );
}

/** Members and transactions the server found for what is typed; the text is a keyword, or the palette would sift them again. */
export function useFoundActions(found: Found): Action[] {
  const navigate = useNavigate();
  return useMemo(() => {
    const members = found.members.map((member) => ({
      id: `member-${member.id}`,
      name: member.name ?? member.memberNo ?? '',
      subtitle: [member.name && member.memberNo, member.phone].filter(Boolean).join(' · '),
      keywords: found.text,
      icon: icon(ContactsOutlined),
      priority: Priority.LOW,
      perform: () => void navigate(`/members/${member.id}`),
    }));
    const transactions = found.transactions.map((row) => ({
      id: `transaction-${row.id}`,
      name: String(row['number']),
      keywords: found.text,
      icon: icon(TransactionOutlined),
      priority: Priority.LOW,
      perform: () => void navigate(`/transactions/${row.id}`),
    }));
    return [...transactions, ...members];
  }, [found, navigate]);
}
