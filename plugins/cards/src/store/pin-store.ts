import type { Sql } from '@tessera/kernel/public';
import type { Answered } from './care-store';

/** What `tessera.take_pin_attempt` answers. */
export type PinAttempt =
  | { state: 'not-set' }
  | { state: 'locked'; until: string }
  /** `holder`: under which number of the person the PIN stands. */
  | { state: 'open'; holder: string; hash: string; left: number; until: string | null };

const ATTEMPT = {
  name: 'cards-pin-attempt',
  text: 'SELECT tessera.take_pin_attempt($1, $2, $3, make_interval(mins => $4)) AS attempt',
};

export async function takePinAttempt(
  sql: Sql,
  { memberId, now, tries, pauseMinutes }: { memberId: string; now: Date; tries: number; pauseMinutes: number },
): Promise<PinAttempt> {
  const rows = await sql.query<{ attempt: PinAttempt }>(ATTEMPT, [memberId, now, tries, pauseMinutes]);
  return rows[0]?.attempt ?? { state: 'not-set' };
}

/** A right PIN gives the tries back, unless it was replaced meanwhile. */
export async function clearPinAttempts(sql: Sql, { holder, hash }: { holder: string; hash: string }): Promise<void> {
  await sql.query(
    'UPDATE tessera.member_pin SET failed = 0, locked_until = NULL WHERE member_id = $1 AND hash = $2 AND failed > 0',
    [holder, hash],
  );
}

/** documentId of the home store, null = none; undefined: there is no such member. */
export async function readHomeStore(sql: Sql, memberId: string): Promise<{ storeId: string | null } | undefined> {
  const rows = await sql.query<{ storeId: string | null }>(
    `SELECT (SELECT s.document_id FROM public.members_home_store_lnk k JOIN public.stores s ON s.id = k.store_id
      WHERE k.member_id = m.id LIMIT 1) AS "storeId" FROM public.members m WHERE m.document_id = $1 AND m.status = 'active'`,
    [memberId],
  );
  return rows[0];
}

/** See `tessera.set_member_pin`. @returns what the key was answered before, or null */
export async function writePin(sql: Sql, request: Record<string, unknown>): Promise<Answered | null> {
  const rows = await sql.query<{ outcome: { answered?: Answered } }>(
    'SELECT tessera.set_member_pin($1::jsonb) AS outcome',
    [JSON.stringify(request)],
  );
  return rows[0]?.outcome.answered ?? null;
}
