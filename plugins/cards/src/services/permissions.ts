import type { PermissionDefinition } from '@tessera/access/domain';
import { CARD_RECORDS } from '../store/card-records';

const CARDS = {
  plugin: 'cards',
  module: { zh: '会员卡', en: 'Cards' },
  isStoreScoped: true,
  canBeApproved: false,
  needsReason: false,
  limits: [],
  fields: [],
} satisfies Partial<PermissionDefinition>;

/** What people may do with members' cards, beside the plans, which are master data. Spending is part of `checkout.sell`. */
export const CARDS_PERMISSIONS: PermissionDefinition[] = [
  {
    ...CARDS,
    code: 'cards.view',
    label: { zh: '查看会员卡', en: "See members' cards" },
    risk: 'low',
    // A member may shop in every store.
    isStoreScoped: false,
    fields: CARD_RECORDS.fields.map(({ name, isPersonal = false }) => ({ name, isPersonal })),
  },
  {
    ...CARDS,
    code: 'cards.sell',
    label: { zh: '售卡与充值', en: 'Sell and top up cards' },
    risk: 'medium',
    canBeApproved: true,
    limits: [{ key: 'amount', unit: 'minor', label: { zh: '单笔售卡金额', en: 'Cards in one sale' } }],
  },
  {
    ...CARDS,
    code: 'cards.refund',
    label: { zh: '退卡', en: 'Pay cards back' },
    risk: 'high',
    canBeApproved: true,
    limits: [{ key: 'amount', unit: 'minor', label: { zh: '单笔退卡金额', en: 'Paid back at a time' } }],
  },
  {
    ...CARDS,
    code: 'cards.freeze',
    label: { zh: '冻结会员卡', en: 'Freeze cards' },
    risk: 'low',
    needsReason: true,
    // Stopping a card protects the member, wherever he asks for it.
    isStoreScoped: false,
  },
  {
    ...CARDS,
    code: 'cards.report-lost',
    label: { zh: '会员卡挂失', en: 'Report cards lost' },
    risk: 'low',
    needsReason: true,
    isStoreScoped: false,
  },
  {
    ...CARDS,
    code: 'cards.unfreeze',
    label: { zh: '解冻会员卡', en: 'Unfreeze cards' },
    risk: 'medium',
    needsReason: true,
  },
  {
    ...CARDS,
    code: 'cards.replace',
    label: { zh: '补发会员卡', en: 'Replace cards' },
    risk: 'high',
    needsReason: true,
  },
  {
    ...CARDS,
    code: 'cards.extend',
    label: { zh: '延长卡有效期', en: 'Extend cards' },
    risk: 'medium',
    needsReason: true,
    canBeApproved: true,
    limits: [{ key: 'days', unit: 'count', label: { zh: '单次延长天数', en: 'Days at a time' } }],
  },
  {
    ...CARDS,
    code: 'cards.transfer',
    label: { zh: '转赠会员卡', en: 'Hand cards on to other members' },
    risk: 'high',
    needsReason: true,
    canBeApproved: true,
    limits: [{ key: 'amount', unit: 'minor', label: { zh: '卡内余额', en: 'What is on the card' } }],
  },
  {
    ...CARDS,
    code: 'cards.share',
    label: { zh: '设置期限卡共用成员', en: 'Share time cards with the family' },
    risk: 'medium',
    needsReason: true,
  },
  {
    ...CARDS,
    code: 'cards.set-pin',
    label: { zh: '为会员设置支付密码', en: "Set a member's payment PIN" },
    risk: 'high',
    needsReason: true,
    // The member stands at the counter, whichever store is his.
    isStoreScoped: false,
  },
];
