import type { RecordField, RecordResource } from '@tessera/backoffice/public';
import { instantField, linkField, moneyField } from './record-fields';

/** Shown of a closed shift, and the list can be ordered by it. */
const amount = (...field: Parameters<typeof moneyField>): RecordField => ({
  ...moneyField(...field),
  isSortable: true,
});

/** The history of shifts in the back office. What should be in the drawer shows once a shift is closed. */
export const SHIFT_RECORDS: RecordResource = {
  resource: 'shifts',
  label: { zh: '班次', en: 'Shifts' },
  permission: 'shifts',
  title: { zh: 'title', en: 'title' },
  from: `tessera.shift s LEFT JOIN tessera.shift_tender c ON c.shift_id = s.id AND c.method = 'cash'
    LEFT JOIN LATERAL (SELECT sum(abs(e.difference)) AS total FROM tessera.shift_tender e WHERE e.shift_id = s.id) d ON true
    LEFT JOIN public.tills k ON k.document_id = s.till_id`,
  id: 's.id::text',
  store: 's.store_id',
  staff: 's.holder_id::text',
  defaultSort: { field: 'openedAt', order: 'desc' },
  fields: [
    {
      name: 'title',
      type: 'string',
      label: { zh: '班次', en: 'Shift' },
      sql: `concat(coalesce(k.code, s.till_id), CASE WHEN s.z_number IS NOT NULL THEN ' Z' || s.z_number END)`,
      isSearchable: true,
    },
    {
      name: 'state',
      type: 'enumeration',
      options: ['open', 'closed'],
      label: { zh: '状态', en: 'Status' },
      sql: `CASE WHEN s.closed_at IS NULL THEN 'open' ELSE 'closed' END`,
      isFilterable: true,
    },
    {
      name: 'zNumber',
      type: 'integer',
      label: { zh: 'Z 报表号', en: 'Z number' },
      sql: 's.z_number',
      isFilterable: true,
    },
    {
      name: 'businessDay',
      type: 'date',
      label: { zh: '营业日', en: 'Business day' },
      sql: 's.business_day',
      isFilterable: true,
    },
    linkField('store', 'stores', 's.store_id', { zh: '门店', en: 'Store' }),
    linkField('till', 'tills', 's.till_id', { zh: '收银台', en: 'Till' }),
    { name: 'holderName', type: 'string', label: { zh: '当班', en: 'Answers for it' }, sql: 's.holder_name' },
    instantField('openedAt', 's.opened_at', { zh: '开班时间', en: 'Opened' }),
    { name: 'openedByName', type: 'string', label: { zh: '开班人', en: 'Opened by' }, sql: 's.opened_by_name' },
    instantField('closedAt', 's.closed_at', { zh: '结班时间', en: 'Closed' }),
    { name: 'closedByName', type: 'string', label: { zh: '结班人', en: 'Closed by' }, sql: 's.closed_by_name' },
    { name: 'currency', type: 'string', label: { zh: '货币', en: 'Currency' }, sql: 's.currency' },
    amount('float', 's.opening_float', { zh: '备用金', en: 'Float' }),
    amount('expectedCash', 'c.expected', { zh: '应有现金', en: 'Cash expected' }),
    amount('countedCash', 'c.counted', { zh: '实点现金', en: 'Cash counted' }),
    amount('cashDifference', 'c.difference', { zh: '现金差额', en: 'Cash difference' }),
    amount('difference', 'd.total', { zh: '差额合计', en: 'All differences' }),
    {
      name: 'differenceReason',
      type: 'string',
      label: { zh: '差额原因', en: 'Reason of the difference' },
      sql: 's.difference_reason',
    },
  ],
};
