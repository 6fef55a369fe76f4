import type { Sql } from '@tessera/kernel/public';

/** The store of a till that is on; undefined: there is no such till. */
export async function readStoreOfTill(sql: Sql, tillId: string): Promise<string | undefined> {
  const rows = await sql.query<{ storeId: string }>(
    `SELECT s.document_id AS "storeId" FROM public.tills t JOIN public.tills_store_lnk l ON l.till_id = t.id
    JOIN public.stores s ON s.id = l.store_id WHERE t.document_id = $1 AND t.active AND NOT t.archived`,
    [tillId],
  );
  return rows[0]?.storeId;
}

/** From now on the till holds exactly these coupons: see `tessera.hold_coupons`. @returns the codes that it holds */
export async function holdCoupons(
  sql: Sql,
  hold: { tillId: string; codes: readonly string[]; now: Date; until: Date },
): Promise<string[]> {
  const rows = await sql.query<{ held: string[] }>('SELECT tessera.hold_coupons($1, $2, $3, $4) AS held', [
    hold.tillId,
    hold.codes,
    hold.now,
    hold.until,
  ]);
  return rows[0]?.held ?? [];
}
