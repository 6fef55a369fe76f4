import type { Sql } from '@tessera/kernel/public';
import type { ReceiptPlace } from '../domain';

const PLACE = {
  name: 'checkout-receipt-place',
  text: `SELECT s.name_zh AS "nameZh", s.name_en AS "nameEn", s.address, s.phone, s.receipt_footer AS footer, s.time_zone AS "timeZone",
    (SELECT t.code FROM public.tills t WHERE t.document_id = $2) AS "tillCode" FROM public.stores s WHERE s.document_id = $1`,
};

/** What the receipt says about the shop; stores and tills with history are never deleted, only archived. */
export async function readReceiptPlace(
  sql: Sql,
  where: { storeId: string; tillId: string },
): Promise<ReceiptPlace | undefined> {
  const rows = await sql.query<ReceiptPlace>(PLACE, [where.storeId, where.tillId]);
  return rows[0];
}
