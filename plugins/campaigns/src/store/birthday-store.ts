import type { Sql } from '@tessera/kernel/public';
import type { TierHolding } from '@tessera/members/domain';

const CODE_TAKEN = 'TC002';

/** Somebody who may be given something for his birthday: near it, and without a gift for a long time. */
export interface BirthdayMember {
  memberId: string;
  /** `YYYY-MM-DD` */
  birthday: string;
  /** His home store, else the first there is. */
  store: { id: string; timeZone: string; dayCutoff: string };
  holding: TierHolding;
}

const CANDIDATES = {
  name: 'campaigns-birthday-members',
  text: `SELECT c.* FROM (
    SELECT m.document_id AS "memberId", to_char(m.birthday, 'YYYY-MM-DD') AS birthday, json_build_object('id', s.document_id,
        'timeZone', coalesce(s.time_zone, 'UTC'), 'dayCutoff', coalesce(s.day_cutoff, '00:00')) AS store,
      tessera.tier_facts(m.document_id, ($3::timestamptz AT TIME ZONE 'UTC')::date - 1) AS holding
    FROM public.members m LEFT JOIN public.members_home_store_lnk l ON l.member_id = m.id
      JOIN public.stores s ON s.id = coalesce(l.store_id, (SELECT f.id FROM public.stores f ORDER BY f.code LIMIT 1))
    WHERE m.document_id > $1 AND m.status = 'active' AND m.archived IS NOT TRUE AND m.birthday IS NOT NULL
      AND extract(month FROM m.birthday) * 100 + extract(day FROM m.birthday) = ANY ($2::int[])
      AND NOT EXISTS (SELECT FROM tessera.birthday_gift g WHERE g.member_id = m.document_id
        AND g.given_on > ($3::timestamptz AT TIME ZONE 'UTC')::date - $4::int)
    ORDER BY m.document_id LIMIT $5) c WHERE c.holding IS NOT NULL`,
};

/** Members after one in the order of their ids; without tiers nobody. `keys`: month × 100 + day of birth. */
export function readBirthdayMembers(
  sql: Sql,
  wanted: { after: string; keys: readonly number[]; now: Date; apartDays: number; batch: number },
): Promise<BirthdayMember[]> {
  const { after, keys, now, apartDays, batch } = wanted;
  return sql.query<BirthdayMember>(CANDIDATES, [after, keys, now, apartDays, batch]);
}

/** `changed`: he is not who he was a moment ago; `had`: he has had it; `code-taken`: ask again with another code. */
export type GiftOutcome = 'given' | 'changed' | 'had' | 'code-taken';

/** See `tessera.give_birthday_gift`. */
export async function writeBirthdayGift(sql: Sql, gift: Record<string, unknown>): Promise<GiftOutcome> {
  try {
    const rows = await sql.query<{ outcome: GiftOutcome }>('SELECT tessera.give_birthday_gift($1::jsonb) AS outcome', [
      JSON.stringify(gift),
    ]);
    return rows[0]?.outcome ?? 'changed';
  } catch (error) {
    if ((error as { code?: string }).code === CODE_TAKEN) return 'code-taken';
    throw error;
  }
}
