import type { RecordField, RecordResource } from '@tessera/backoffice/public';

type Label = RecordField['label'];

const link = (name: string, reference: string, sql: string, label: Label): RecordField => ({
  name,
  type: 'relation',
  reference,
  label,
  sql,
  isFilterable: true,
});
const GIFT: Label = { zh: '礼品', en: 'Gift' };
const STORE: Label = { zh: '门店', en: 'Store' };
const WHEN: Label = { zh: '时间', en: 'Time' };
const PERSON: Label = { zh: '经手人', en: 'By' };

/** Every gift that was handed out, and what became of it. */
export const GIFT_HANDOUT_RECORDS: RecordResource = {
  resource: 'gift-handouts',
  label: { zh: '礼品兑换记录', en: 'Gifts handed out' },
  permission: 'gift-handouts',
  title: { zh: 'number', en: 'number' },
  from: `tessera.gift_handout h LEFT JOIN tessera.gift_return r ON r.handout_id = h.id
    LEFT JOIN public.members p ON p.document_id = h.member_id`,
  id: 'h.id::text',
  store: 'h.store_id',
  staff: 'h.staff_id::text',
  defaultSort: { field: 'occurredAt', order: 'desc' },
  fields: [
    {
      name: 'number',
      type: 'string',
      label: { zh: '兑换单号', en: 'Slip' },
      sql: 'h.number',
      isSortable: true,
      isFilterable: true,
      isSearchable: true,
    },
    link('gift', 'gifts', 'h.gift_id', GIFT),
    link('member', 'members', 'h.member_id', { zh: '会员', en: 'Member' }),
    {
      name: 'memberNo',
      type: 'string',
      label: { zh: '会员号', en: 'Member number' },
      sql: 'p.member_no',
      isSearchable: true,
    },
    {
      name: 'memberName',
      type: 'string',
      label: { zh: '会员姓名', en: 'Member name' },
      sql: 'p.name',
      isPersonal: true,
      mask: 'name',
    },
    {
      name: 'points',
      type: 'integer',
      unit: 'count',
      label: { zh: '积分', en: 'Points' },
      sql: 'h.points',
      isSortable: true,
    },
    {
      name: 'status',
      type: 'enumeration',
      options: ['given', 'returned'],
      label: { zh: '状态', en: 'Status' },
      sql: `CASE WHEN r.id IS NULL THEN 'given' ELSE 'returned' END`,
      isFilterable: true,
    },
    {
      name: 'occurredAt',
      type: 'datetime',
      label: WHEN,
      sql: 'h.occurred_at',
      isSortable: true,
      isFilterable: true,
    },
    link('store', 'stores', 'h.store_id', STORE),
    link('till', 'tills', 'h.till_id', { zh: '收银台', en: 'Till' }),
    { name: 'staffName', type: 'string', label: PERSON, sql: 'h.staff_name' },
    { name: 'returnedAt', type: 'datetime', label: { zh: '退回时间', en: 'Taken back' }, sql: 'r.occurred_at' },
    { name: 'returnReason', type: 'string', label: { zh: '退回原因', en: 'Why it came back' }, sql: 'r.reason' },
    { name: 'returnedBy', type: 'string', label: { zh: '退回经手人', en: 'Taken back by' }, sql: 'r.staff_name' },
  ],
};

/** What each store has of each gift. */
export const GIFT_STOCK_RECORDS: RecordResource = {
  resource: 'gift-stock',
  label: { zh: '礼品库存', en: 'Stock of gifts' },
  permission: 'gift-stock',
  title: { zh: 'gift', en: 'gift' },
  from: `(SELECT * FROM tessera.account WHERE owner_type = 'store' AND account = 'gift-stock') a`,
  id: 'a.id::text',
  store: 'a.owner_id',
  staff: null,
  defaultSort: { field: 'quantity', order: 'asc' },
  fields: [
    link('gift', 'gifts', 'a.unit', GIFT),
    link('store', 'stores', 'a.owner_id', STORE),
    {
      name: 'quantity',
      type: 'integer',
      unit: 'count',
      label: { zh: '件数', en: 'Pieces' },
      sql: 'a.balance',
      isSortable: true,
      isFilterable: true,
    },
  ],
};

/** Why it is so many. */
export const GIFT_STOCK_MOVE_RECORDS: RecordResource = {
  resource: 'gift-stock-moves',
  label: { zh: '礼品出入库', en: 'Movements of gifts' },
  permission: 'gift-stock',
  title: { zh: 'kind', en: 'kind' },
  from: 'tessera.gift_stock_move m LEFT JOIN tessera.gift_handout h ON h.id = m.journal_id',
  id: 'm.id::text',
  store: 'm.store_id',
  staff: null,
  defaultSort: { field: 'occurredAt', order: 'desc' },
  fields: [
    link('gift', 'gifts', 'm.gift_id', GIFT),
    link('store', 'stores', 'm.store_id', STORE),
    {
      name: 'kind',
      type: 'enumeration',
      options: ['received', 'corrected', 'given', 'returned'],
      label: { zh: '类型', en: 'What' },
      sql: 'm.kind',
      isFilterable: true,
    },
    { name: 'quantity', type: 'integer', unit: 'count', label: { zh: '件数', en: 'Pieces' }, sql: 'm.quantity' },
    { name: 'occurredAt', type: 'datetime', label: WHEN, sql: 'm.occurred_at', isSortable: true, isFilterable: true },
    { name: 'staffName', type: 'string', label: PERSON, sql: 'm.staff_name' },
    { name: 'reason', type: 'string', label: { zh: '原因', en: 'Reason' }, sql: 'm.reason' },
    { name: 'number', type: 'string', label: { zh: '兑换单号', en: 'Slip' }, sql: 'h.number' },
  ],
};
