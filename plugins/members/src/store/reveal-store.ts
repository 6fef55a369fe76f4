import type { Sql } from '@tessera/kernel/public';

export interface RevealFacts {
  phone: string | null;
  birthday: string | null;
  note: string | null;
  /** Home store, with what its business day depends on; null = none. */
  storeId: string | null;
  timeZone: string | null;
  dayCutoff: string | null;
}

export async function readRevealFacts(sql: Sql, documentId: string): Promise<RevealFacts | undefined> {
  const [facts] = await sql.query<RevealFacts>(
    `SELECT m.phone, m.birthday, m.note, s.document_id AS "storeId", s.time_zone AS "timeZone", s.day_cutoff AS "dayCutoff"
    FROM public.members m
    LEFT JOIN public.members_home_store_lnk l ON l.member_id = m.id
    LEFT JOIN public.stores s ON s.id = l.store_id
    WHERE m.document_id = $1`,
    [documentId],
  );
  return facts;
}

/** Adds one reveal and returns how many that makes today. Whoever comes at the same time waits for the row. */
export async function countReveal(sql: Sql, staffId: string, businessDay: string): Promise<number> {
  const [row] = await sql.query<{ reveals: number }>(
    `INSERT INTO tessera.reveal_count AS c (staff_id, business_day, reveals) VALUES ($1, $2, 1)
    ON CONFLICT (staff_id, business_day) DO UPDATE SET reveals = c.reveals + 1 RETURNING reveals`,
    [staffId, businessDay],
  );
  return (row as { reveals: number }).reveals;
}
