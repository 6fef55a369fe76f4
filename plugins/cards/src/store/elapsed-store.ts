import type { Sql } from '@tessera/kernel/public';

export interface ElapsingStore {
  storeId: string;
  currency: string;
  timeZone: string;
  dayCutoff: string;
}

/** Stores with cards whose days are not all paid for yet. The books of a store that is gone go on in UTC. */
export function readElapsingStores(sql: Sql): Promise<ElapsingStore[]> {
  return sql.query(
    `SELECT d.store_id AS "storeId", d.currency, coalesce(s.time_zone, 'UTC') AS "timeZone", coalesce(s.day_cutoff, '00:00') AS "dayCutoff"
    FROM (SELECT DISTINCT c.store_id, c.currency FROM tessera.card_lot l JOIN tessera.card c ON c.id = l.card_id
      WHERE l.kind = 'time' AND l.principal > 0 AND l.started_on IS NOT NULL) d
    LEFT JOIN public.stores s ON s.document_id = d.store_id ORDER BY d.store_id, d.currency`,
  );
}

const RECOGNISE = { name: 'cards-recognise', text: 'SELECT tessera.recognise_time($1::jsonb) AS done' };

/** See `tessera.recognise_time`. */
export async function recogniseBatch(
  sql: Sql,
  batch: { journal: string; storeId: string; currency: string; day: string; at: string; size: number },
): Promise<{ lots: number; amount: number }> {
  const rows = await sql.query<{ done: { lots: number; amount: number } }>(RECOGNISE, [JSON.stringify(batch)]);
  return rows[0]?.done ?? { lots: 0, amount: 0 };
}
