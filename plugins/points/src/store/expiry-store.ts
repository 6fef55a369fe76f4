import type { Sql } from '@tessera/kernel/public';

export interface DueStore {
  storeId: string;
  timeZone: string;
  dayCutoff: string;
}

/** Stores that have given points which have run out by now. The books of a store that is gone go on in UTC. */
export function readStoresWithDueLots(sql: Sql, now: Date, memberId: string | null): Promise<DueStore[]> {
  return sql.query(
    `SELECT d.store_id AS "storeId", coalesce(s.time_zone, 'UTC') AS "timeZone", coalesce(s.day_cutoff, '00:00') AS "dayCutoff"
    FROM (SELECT DISTINCT l.store_id FROM tessera.point_lot l WHERE l.remaining > 0 AND l.expires_at <= $1
      AND ($2::text IS NULL OR l.member_id = tessera.member_now($2))) d
    LEFT JOIN public.stores s ON s.document_id = d.store_id ORDER BY d.store_id`,
    [now, memberId],
  );
}

const EXPIRE = {
  name: 'points-expire',
  text: 'SELECT tessera.expire_points($1, $2, $3, $4, $5, tessera.member_now($6)) AS done',
};

export async function expireBatch(
  sql: Sql,
  batch: { storeId: string; businessDay: string; now: Date; size: number; journalId: string; memberId: string | null },
): Promise<{ lots: number; points: number }> {
  const { storeId, businessDay, now, size, journalId, memberId } = batch;
  const rows = await sql.query<{ done: { lots: number; points: number } }>(EXPIRE, [
    storeId,
    businessDay,
    now,
    size,
    journalId,
    memberId,
  ]);
  return rows[0]?.done ?? { lots: 0, points: 0 };
}
