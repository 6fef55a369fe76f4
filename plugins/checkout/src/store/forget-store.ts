import type { Sql } from '@tessera/kernel/public';

const OWN = 'SELECT s.id FROM tessera.transaction s WHERE s.member_id = ANY ($1)';

/** Tables of checkout whose texts may name a member, and which of their rows are about him. */
const TEXTS: readonly [records: string, columns: string[], condition: string][] = [
  ['tessera.transaction_line', ['adjustments'], `t.transaction_id IN (${OWN})`],
  ['tessera.refund', ['reason'], `t.transaction_id IN (${OWN})`],
  ['tessera.held_cart', ['note', 'cart'], `t.cart->>'memberId' = ANY ($1)`],
  ['tessera.idempotency', ['response'], `t.response->>'transactionId' IN (SELECT o.id::text FROM (${OWN}) o)`],
  ['tessera.audit', ['reason', 'before', 'after'], `t.subject_id IN (SELECT o.id::text FROM (${OWN}) o)`],
];

/** In what was sold to these members, nobody is named any more: see `tessera.forget_texts`. */
export async function forgetInSales(sql: Sql, memberIds: readonly string[]): Promise<void> {
  for (const [records, columns, condition] of TEXTS) {
    await sql.query('SELECT tessera.forget_texts($1::regclass, $2, $3, $4)', [records, columns, condition, memberIds]);
  }
}
