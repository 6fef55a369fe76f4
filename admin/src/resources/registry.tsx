import {
  AppstoreOutlined,
  AuditOutlined,
  BarcodeOutlined,
  ClockCircleOutlined,
  CloudUploadOutlined,
  ContactsOutlined,
  CreditCardOutlined,
  CrownOutlined,
  DesktopOutlined,
  GiftOutlined,
  FieldTimeOutlined,
  IdcardOutlined,
  PayCircleOutlined,
  PercentageOutlined,
  RedEnvelopeOutlined,
  SafetyCertificateOutlined,
  ScissorOutlined,
  SendOutlined,
  ShopOutlined,
  ShoppingCartOutlined,
  ShoppingOutlined,
  SmileOutlined,
  TagOutlined,
  TagsOutlined,
  TransactionOutlined,
  TrophyOutlined,
  UsergroupAddOutlined,
  WalletOutlined,
} from '@ant-design/icons';
import type { ResourceProps } from '@refinedev/core';
import type { ComponentType } from 'react';

export const SECTIONS = ['counter', 'members', 'catalogue', 'organisation', 'oversight'] as const;
export type Section = (typeof SECTIONS)[number];

/** `master` = people edit it by forms; `records` = code wrote it; `page` = a screen of its own. */
type Kind = 'master' | 'records' | 'page';

export interface Screen {
  /** Name on the API, in the address and in the texts (`screens.<name>`). */
  name: string;
  section: Section;
  kind: Kind;
  /** Who holds it sees the screen. */
  permission: string;
  icon: ComponentType;
}

function master(name: string, section: Section, icon: ComponentType): Screen {
  return { name, section, kind: 'master', permission: `${name}.view`, icon };
}

/** Every screen, once: menu, routes, breadcrumbs, palette and Refine's resources are drawn from this list. */
export const SCREENS: readonly Screen[] = [
  { name: 'till', section: 'counter', kind: 'page', permission: 'checkout.sell', icon: ShoppingCartOutlined },
  {
    name: 'transactions',
    section: 'counter',
    kind: 'records',
    permission: 'transactions.view',
    icon: TransactionOutlined,
  },
  { name: 'shifts', section: 'counter', kind: 'records', permission: 'shifts.view', icon: FieldTimeOutlined },
  master('members', 'members', ContactsOutlined),
  {
    name: 'member-imports',
    section: 'members',
    kind: 'page',
    permission: 'members.import',
    icon: UsergroupAddOutlined,
  },
  { name: 'birthdays', section: 'members', kind: 'page', permission: 'members.birthdays', icon: SmileOutlined },
  master('points-programmes', 'members', GiftOutlined),
  master('earn-rules', 'members', TrophyOutlined),
  master('gifts', 'members', ShoppingOutlined),
  {
    name: 'gift-handouts',
    section: 'members',
    kind: 'records',
    permission: 'gift-handouts.view',
    icon: RedEnvelopeOutlined,
  },
  master('tiers', 'members', CrownOutlined),
  master('tier-prices', 'members', PayCircleOutlined),
  master('coupon-templates', 'members', TagOutlined),
  { name: 'coupons', section: 'members', kind: 'records', permission: 'coupons.view', icon: BarcodeOutlined },
  {
    name: 'coupon-issues',
    section: 'members',
    kind: 'records',
    permission: 'coupon-issues.view',
    icon: SendOutlined,
  },
  master('card-plans', 'members', CreditCardOutlined),
  { name: 'cards', section: 'members', kind: 'records', permission: 'cards.view', icon: WalletOutlined },
  master('products', 'catalogue', AppstoreOutlined),
  master('services', 'catalogue', ScissorOutlined),
  master('categories', 'catalogue', TagsOutlined),
  master('tax-classes', 'catalogue', PercentageOutlined),
  master('stores', 'organisation', ShopOutlined),
  master('tills', 'organisation', DesktopOutlined),
  master('staff', 'organisation', IdcardOutlined),
  { name: 'roles', section: 'organisation', kind: 'page', permission: 'roles.view', icon: SafetyCertificateOutlined },
  { name: 'audit', section: 'oversight', kind: 'records', permission: 'audit.view', icon: AuditOutlined },
  { name: 'imports', section: 'oversight', kind: 'page', permission: 'imports.view', icon: CloudUploadOutlined },
  { name: 'jobs', section: 'oversight', kind: 'page', permission: 'jobs.view', icon: ClockCircleOutlined },
];

export function screenNamed(name: string): Screen | undefined {
  return SCREENS.find((screen) => screen.name === name);
}

function toResource({ name, kind, permission }: Screen): ResourceProps {
  const path = `/${name}`;
  const meta = { permission: name, viewPermission: permission };
  if (kind === 'page') return { name, list: path, meta };
  if (kind === 'records') return { name, list: path, show: `${path}/:id`, meta };
  return { name, list: path, create: `${path}/new`, show: `${path}/:id`, edit: `${path}/:id/edit`, meta };
}

export const RESOURCES: ResourceProps[] = SCREENS.map(toResource);
