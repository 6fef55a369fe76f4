import type { PermissionDefinition } from '@tessera/access/domain';
import type { RecordResource } from '@tessera/backoffice/public';
import { SHIFT_RECORDS } from '../store/shift-records';
import { TRANSACTION_RECORDS } from '../store/transaction-records';

const CHECKOUT = {
  plugin: 'checkout',
  module: { zh: '收银', en: 'Till' },
  isStoreScoped: true,
  needsReason: false,
  canBeApproved: false,
  limits: [],
  fields: [],
} satisfies Partial<PermissionDefinition>;

/** Columns of a list and its detail that somebody may be shown or not. */
function fieldsOf({ fields }: RecordResource): PermissionDefinition['fields'] {
  return fields.map(({ name, isPersonal = false }) => ({ name, isPersonal }));
}

/** What the till lets people do. */
export const CHECKOUT_PERMISSIONS: PermissionDefinition[] = [
  {
    ...CHECKOUT,
    code: 'checkout.sell',
    label: { zh: '收银', en: 'Sell' },
    risk: 'medium',
    limits: [{ key: 'amount', unit: 'minor', label: { zh: '单笔金额', en: 'Amount of one sale' } }],
  },
  {
    ...CHECKOUT,
    code: 'checkout.discount',
    label: { zh: '手动折扣', en: 'Give a discount' },
    risk: 'high',
    limits: [{ key: 'rate', unit: 'basis-points', label: { zh: '折扣比例', en: 'Discount rate' } }],
    canBeApproved: true,
  },
  {
    ...CHECKOUT,
    code: 'checkout.override-price',
    label: { zh: '改价', en: 'Change a price' },
    risk: 'high',
    limits: [{ key: 'reduction', unit: 'basis-points', label: { zh: '降价比例', en: 'Reduction' } }],
    canBeApproved: true,
  },
  {
    ...CHECKOUT,
    code: 'checkout.refund',
    label: { zh: '退款', en: 'Refund' },
    risk: 'high',
    needsReason: true,
    canBeApproved: true,
    limits: [
      { key: 'amount', unit: 'minor', label: { zh: '单笔退款金额', en: 'Amount of one refund' } },
      { key: 'ageDays', unit: 'count', label: { zh: '距销售天数', en: 'Days since the sale' } },
      { key: 'perDay', unit: 'count', label: { zh: '每日退款笔数', en: 'Refunds a day' } },
      {
        key: 'otherTender',
        unit: 'minor',
        label: { zh: '改以现金退还的金额', en: 'Cash for what was not paid in cash' },
      },
      { key: 'storeCredit', unit: 'minor', label: { zh: '存入会员卡的金额', en: 'Put on the member’s card' } },
    ],
  },
  {
    ...CHECKOUT,
    code: 'checkout.void',
    label: { zh: '整单作废(当日)', en: 'Void a sale of the same day' },
    risk: 'high',
    needsReason: true,
    canBeApproved: true,
    limits: [{ key: 'amount', unit: 'minor', label: { zh: '作废金额', en: 'Amount of the sale' } }],
  },
  {
    ...CHECKOUT,
    code: 'checkout.exchange',
    label: { zh: '换货', en: 'Exchange goods' },
    risk: 'high',
    needsReason: true,
    canBeApproved: true,
    limits: [
      { key: 'amount', unit: 'minor', label: { zh: '退回商品的金额', en: 'Worth of what comes back' } },
      { key: 'payout', unit: 'minor', label: { zh: '退还顾客的差额', en: 'Difference paid out' } },
      { key: 'ageDays', unit: 'count', label: { zh: '距销售天数', en: 'Days since the sale' } },
      { key: 'perDay', unit: 'count', label: { zh: '每日退换笔数', en: 'Refunds and exchanges a day' } },
    ],
  },
  {
    ...CHECKOUT,
    code: 'checkout.shift',
    label: { zh: '开班、交接与结班', en: 'Open, take over and close a shift' },
    risk: 'high',
    canBeApproved: true,
    limits: [{ key: 'difference', unit: 'minor', label: { zh: '结班差额', en: 'Difference at closing' } }],
  },
  {
    ...CHECKOUT,
    code: 'checkout.cash-movement',
    label: { zh: '现金存取', en: 'Move cash in and out' },
    risk: 'high',
    needsReason: true,
    canBeApproved: true,
    limits: [
      { key: 'in', unit: 'minor', label: { zh: '单次存入', en: 'Put in at once' } },
      { key: 'out', unit: 'minor', label: { zh: '单次支出', en: 'Paid out at once' } },
      { key: 'drop', unit: 'minor', label: { zh: '单次缴存', en: 'Taken to the safe at once' } },
    ],
  },
  { ...CHECKOUT, code: 'checkout.hold', label: { zh: '挂单与取单', en: 'Hold and resume a cart' }, risk: 'low' },
  {
    ...CHECKOUT,
    module: { zh: '交易', en: 'Transactions' },
    code: 'transactions.view',
    label: { zh: '查看交易', en: 'See transactions' },
    risk: 'low',
    fields: fieldsOf(TRANSACTION_RECORDS),
  },
  {
    ...CHECKOUT,
    module: { zh: '班次', en: 'Shifts' },
    code: 'shifts.view',
    label: { zh: '查看班次', en: 'See shifts' },
    risk: 'low',
    fields: fieldsOf(SHIFT_RECORDS),
  },
  {
    ...CHECKOUT,
    module: { zh: '班次', en: 'Shifts' },
    code: 'shifts.expected',
    label: { zh: '查看未结班次的应有金额', en: 'See what should be in the drawer of an open shift' },
    risk: 'medium',
  },
];
