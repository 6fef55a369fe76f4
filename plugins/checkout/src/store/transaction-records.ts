import type { RecordField, RecordResource } from '@tessera/backoffice/public';

const amount = (name: 'payable' | 'discount' | 'tax', label: RecordField['label']): RecordField => ({
  name,
  type: 'integer',
  unit: 'minor',
  label,
  sql: `t.${name}`,
  isSortable: name === 'payable',
  isFilterable: name === 'payable',
});

const link = (name: 'store' | 'till' | 'member', reference: string, label: RecordField['label']): RecordField => ({
  name,
  type: 'relation',
  reference,
  label,
  sql: `t.${name}_id`,
  isFilterable: true,
});

/** The list of transactions in the back office: looked at, never written. */
export const TRANSACTION_RECORDS: RecordResource = {
  resource: 'transactions',
  label: { zh: '交易', en: 'Transactions' },
  permission: 'transactions',
  title: { zh: 'number', en: 'number' },
  from: 'tessera.transaction t LEFT JOIN public.members m ON m.document_id = t.member_id',
  id: 't.id::text',
  store: 't.store_id',
  staff: 't.staff_id::text',
  defaultSort: { field: 'occurredAt', order: 'desc' },
  fields: [
    {
      name: 'number',
      type: 'string',
      label: { zh: '单号', en: 'Number' },
      sql: 't.number',
      isSortable: true,
      isFilterable: true,
      isSearchable: true,
    },
    {
      name: 'kind',
      type: 'enumeration',
      options: ['sale', 'refund'],
      label: { zh: '类型', en: 'Kind' },
      sql: 't.kind',
      isFilterable: true,
    },
    {
      name: 'occurredAt',
      type: 'datetime',
      label: { zh: '时间', en: 'Time' },
      sql: 't.occurred_at',
      isSortable: true,
      isFilterable: true,
    },
    {
      name: 'businessDay',
      type: 'date',
      label: { zh: '营业日', en: 'Business day' },
      sql: 't.business_day',
      isFilterable: true,
    },
    link('store', 'stores', { zh: '门店', en: 'Store' }),
    link('till', 'tills', { zh: '收银台', en: 'Till' }),
    {
      name: 'staffId',
      type: 'string',
      label: { zh: '账号', en: 'Account' },
      sql: 't.staff_id::text',
      isFilterable: true,
    },
    { name: 'staffName', type: 'string', label: { zh: '员工', en: 'Staff' }, sql: 't.staff_name' },
    link('member', 'members', { zh: '会员', en: 'Member' }),
    {
      name: 'memberNo',
      type: 'string',
      label: { zh: '会员号', en: 'Member number' },
      sql: 'm.member_no',
      isSearchable: true,
    },
    {
      name: 'memberName',
      type: 'string',
      label: { zh: '会员姓名', en: 'Member name' },
      sql: 'm.name',
      isPersonal: true,
      mask: 'name',
    },
    { name: 'currency', type: 'string', label: { zh: '货币', en: 'Currency' }, sql: 't.currency', isFilterable: true },
    amount('payable', { zh: '应付', en: 'Total' }),
    amount('discount', { zh: '优惠', en: 'Discount' }),
    amount('tax', { zh: '税额', en: 'Tax' }),
    { name: 'methods', type: 'text-list', label: { zh: '支付方式', en: 'Paid with' }, sql: 'to_jsonb(t.methods)' },
  ],
};
