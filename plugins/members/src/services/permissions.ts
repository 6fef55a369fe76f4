import type { PermissionDefinition } from '@tessera/access/domain';
import { REVEALABLE } from '../contracts';
import { LOOKUP_FIELDS } from '../store/lookup-store';

const MODULE = { en: 'Members', zh: '会员' };
const PERSONAL: readonly string[] = REVEALABLE;

/** What members lets people do beside the resource of the backoffice. */
export const MEMBERS_PERMISSIONS: PermissionDefinition[] = [
  {
    code: 'members.lookup',
    plugin: 'members',
    label: { en: 'Find a member at the counter', zh: '前台查找会员' },
    module: MODULE,
    risk: 'low',
    // A member may shop in every store.
    isStoreScoped: false,
    limits: [],
    canBeApproved: false,
    needsReason: false,
    fields: LOOKUP_FIELDS.map((name) => ({ name, isPersonal: PERSONAL.includes(name) })),
  },
  {
    code: 'members.reveal',
    plugin: 'members',
    label: { en: 'Reveal masked personal data', zh: '查看会员隐私信息' },
    module: MODULE,
    risk: 'high',
    isStoreScoped: true,
    limits: [{ key: 'perDay', unit: 'count', label: { en: 'Reveals per day', zh: '每日查看次数' } }],
    canBeApproved: false,
    needsReason: true,
    // Not classed as personal here: to show them in clear is what this permission is for, so `*` means clear.
    fields: REVEALABLE.map((name) => ({ name, isPersonal: false })),
  },
  {
    code: 'member-tiers.view',
    plugin: 'members',
    label: { en: "See a member's tier and its history", zh: '查看会员等级与升降记录' },
    module: MODULE,
    risk: 'low',
    // A member may shop in every store.
    isStoreScoped: false,
    limits: [],
    canBeApproved: false,
    needsReason: false,
    fields: [],
  },
  {
    code: 'members.merge',
    plugin: 'members',
    label: { en: 'Merge two members, or take it back', zh: '合并会员及撤销合并' },
    module: MODULE,
    risk: 'high',
    isStoreScoped: true,
    limits: [],
    canBeApproved: false,
    needsReason: true,
    fields: [],
  },
  {
    code: 'tiers.assign',
    plugin: 'members',
    label: { en: 'Give a tier by hand', zh: '手动授予会员等级' },
    module: MODULE,
    risk: 'high',
    isStoreScoped: true,
    limits: [],
    canBeApproved: false,
    needsReason: true,
    fields: [],
  },
  {
    code: 'members.record-consent',
    plugin: 'members',
    label: { en: 'Record what a member agreed to', zh: '登记会员的同意与撤回' },
    module: MODULE,
    risk: 'medium',
    isStoreScoped: true,
    limits: [],
    canBeApproved: false,
    needsReason: false,
    fields: [],
  },
  {
    code: 'members.birthdays',
    plugin: 'members',
    label: { en: 'See whose birthday is near', zh: '查看近期生日' },
    module: MODULE,
    risk: 'medium',
    isStoreScoped: true,
    limits: [],
    canBeApproved: false,
    needsReason: false,
    fields: ['memberNo', 'name', 'phone', 'birthday'].map((name) => ({ name, isPersonal: PERSONAL.includes(name) })),
  },
  {
    code: 'members.anonymise',
    plugin: 'members',
    label: { en: 'Anonymise a member on request', zh: '应要求将会员匿名化' },
    module: MODULE,
    risk: 'critical',
    isStoreScoped: true,
    limits: [],
    canBeApproved: false,
    needsReason: true,
    fields: [],
  },
];
