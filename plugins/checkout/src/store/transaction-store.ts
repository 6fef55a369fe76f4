import type { Sql } from '@tessera/kernel/public';
import type { StoredTransaction } from '../domain';

const READ = {
  name: 'checkout-transaction',
  text: `SELECT t.id, t.number, t.kind, t.store_id AS "storeId", t.till_id AS "tillId", t.staff_id::text AS "staffId",
    t.staff_name AS "staffName", t.member_id AS "memberId", m.member_no AS "memberNo", m.name AS "memberName",
    t.business_day AS "businessDay", t.occurred_at AS "occurredAt", t.currency, t.list_amount AS "listAmount", t.discount, t.tax,
    t.payable, t.payable_in_cash AS "payableInCash", t.rounding, t.paid, t.change, t.methods,
    t.refunds_transaction_id AS "refundsTransactionId",
    (SELECT CASE WHEN r.transaction_id = t.id THEN r.exchanged_for ELSE r.transaction_id END FROM tessera.refund r
      WHERE r.transaction_id = t.id OR r.exchanged_for = t.id) AS "exchangedWith",
    CASE WHEN t.member_id IS NOT NULL THEN tessera.points_of(t.id) END AS points, tessera.cards_of(t.id) AS cards,
    CASE WHEN t.member_id IS NOT NULL THEN tessera.coupons_of(t.id) END AS coupons,
    (SELECT json_agg(json_build_object('lineNo', l.line_no, 'itemId', l.item_id, 'sku', l.sku, 'kind', l.kind, 'nameZh', l.name_zh,
      'nameEn', l.name_en, 'quantity', l.quantity, 'listUnitPrice', l.list_unit_price, 'listAmount', l.list_amount,
      'adjustments', l.adjustments, 'amount', l.amount, 'taxRate', l.tax_rate, 'taxAmount', l.tax_amount, 'staffIds', l.staff_ids)
      ORDER BY l.line_no) FROM tessera.transaction_line l WHERE l.transaction_id = t.id) AS lines,
    coalesce((SELECT json_agg(json_build_object('method', p.method, 'amount', p.amount, 'received', p.received, 'change', p.change,
      'reference', p.reference) ORDER BY p.entry) FROM tessera.payment p WHERE p.transaction_id = t.id), '[]') AS payments
  FROM tessera.transaction t LEFT JOIN public.members m ON m.document_id = t.member_id WHERE t.id = $1`,
};

export async function readTransaction(sql: Sql, id: string): Promise<StoredTransaction | undefined> {
  const rows = await sql.query<StoredTransaction>(READ, [id]);
  return rows[0];
}
