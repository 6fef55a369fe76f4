import type { PermissionDefinition } from '@tessera/access/domain';
import type { RecordResource } from '@tessera/backoffice/public';
import { GIFT_HANDOUT_RECORDS, GIFT_STOCK_MOVE_RECORDS, GIFT_STOCK_RECORDS } from '../store/gift-records';

const POINTS = {
  plugin: 'points',
  module: { zh: '积分', en: 'Points' },
  canBeApproved: false,
  needsReason: false,
  limits: [],
  fields: [],
} satisfies Partial<PermissionDefinition>;

const GIFTS = {
  ...POINTS,
  module: { zh: '积分礼品', en: 'Gifts' },
  isStoreScoped: true,
} satisfies Partial<PermissionDefinition>;

/** Columns of lists that somebody may be shown or not. */
function fieldsOf(...resources: RecordResource[]): PermissionDefinition['fields'] {
  const fields = resources.flatMap((resource) => resource.fields);
  return [...new Map(fields.map(({ name, isPersonal = false }) => [name, { name, isPersonal }])).values()];
}

/** What people may do with gifts, beside the gifts themselves, which are master data. */
const GIFT_PERMISSIONS: PermissionDefinition[] = [
  {
    ...GIFTS,
    code: 'gifts.give',
    label: { zh: '兑换礼品', en: 'Hand out gifts for points' },
    risk: 'medium',
    canBeApproved: true,
    limits: [
      { key: 'points', unit: 'count', label: { zh: '单件礼品积分', en: 'Points of one gift' } },
      { key: 'perDay', unit: 'count', label: { zh: '每日兑换件数', en: 'Gifts a day' } },
    ],
  },
  {
    ...GIFTS,
    code: 'gifts.take-back',
    label: { zh: '退回礼品', en: 'Take gifts back' },
    risk: 'high',
    needsReason: true,
    canBeApproved: true,
    limits: [
      { key: 'ageDays', unit: 'count', label: { zh: '距兑换天数', en: 'Days since it was handed out' } },
      { key: 'points', unit: 'count', label: { zh: '退回积分', en: 'Points that go back' } },
    ],
  },
  {
    ...GIFTS,
    code: 'gift-handouts.view',
    label: { zh: '查看礼品兑换记录', en: 'See gifts handed out' },
    risk: 'low',
    fields: fieldsOf(GIFT_HANDOUT_RECORDS),
  },
  {
    ...GIFTS,
    code: 'gift-stock.view',
    label: { zh: '查看礼品库存', en: 'See stock of gifts' },
    risk: 'low',
    fields: fieldsOf(GIFT_STOCK_RECORDS, GIFT_STOCK_MOVE_RECORDS),
  },
  {
    ...GIFTS,
    code: 'gift-stock.move',
    label: { zh: '礼品入库与盘点', en: 'Receive gifts and correct their stock' },
    risk: 'high',
    canBeApproved: true,
    limits: [
      { key: 'received', unit: 'count', label: { zh: '单次入库件数', en: 'Pieces received at a time' } },
      { key: 'corrected', unit: 'count', label: { zh: '单次更正件数', en: 'Pieces corrected at a time' } },
    ],
  },
];

/** What people may do with members' points, beside the programme and the rules, which are master data. */
export const POINTS_PERMISSIONS: PermissionDefinition[] = [
  {
    ...POINTS,
    code: 'points.view',
    label: { zh: '查看会员积分', en: "See a member's points" },
    risk: 'low',
    // A member may shop in every store.
    isStoreScoped: false,
  },
  {
    ...POINTS,
    code: 'points.adjust',
    label: { zh: '手动调整积分', en: 'Adjust points by hand' },
    risk: 'high',
    isStoreScoped: true,
    needsReason: true,
    canBeApproved: true,
    limits: [{ key: 'points', unit: 'count', label: { zh: '单次调整积分', en: 'Points at a time' } }],
  },
  ...GIFT_PERMISSIONS,
];
