import type { Sql } from '@tessera/kernel/public';
import type { MemberPoints } from '../contracts';
import { ENTRY_LIMIT, SOON_DAYS } from '../contracts';

export interface MemberPlace {
  /** Null: the member has no home store, and none was named. */
  store: { id: string; timeZone: string; dayCutoff: string } | null;
}

const PLACE = {
  name: 'points-member-place',
  text: `SELECT CASE WHEN s.id IS NOT NULL THEN json_build_object('id', s.document_id, 'timeZone', s.time_zone,
      'dayCutoff', s.day_cutoff) END AS store FROM public.members m
    LEFT JOIN public.members_home_store_lnk l ON l.member_id = m.id
    LEFT JOIN public.stores s ON s.document_id = coalesce($2, (SELECT h.document_id FROM public.stores h WHERE h.id = l.store_id))
    WHERE m.document_id = $1`,
};

/** The member's home store, or the store that is named. Undefined: no such member. */
export async function readMemberPlace(
  sql: Sql,
  { memberId, storeId }: { memberId: string; storeId: string | null },
): Promise<MemberPlace | undefined> {
  const rows = await sql.query<MemberPlace>(PLACE, [memberId, storeId]);
  return rows[0];
}

/** Of a journal, what its entry of the member's balance is called. */
const KIND = `CASE j.kind WHEN 'points-expiry' THEN 'expired' WHEN 'points-adjustment' THEN 'adjusted'
  WHEN 'gift' THEN 'gift' WHEN 'gift-return' THEN 'gift-return' WHEN 'member-merge' THEN 'merged' WHEN 'member-merge-undone' THEN 'merge-undone'
  WHEN 'refund' THEN CASE WHEN p.amount > 0 THEN 'returned' ELSE 'taken-back' END
  ELSE CASE WHEN p.amount > 0 THEN 'earned' ELSE 'redeemed' END END`;

/** Of a merge, the lots that it brought. */
const MERGED_PARTS = `SELECT json_agg(json_build_object('label', l.label, 'amount', b.remaining, 'expiresAt', l.expires_at) ORDER BY l.expires_at, l.id)
  FROM tessera.point_merge g JOIN tessera.point_merge_lot b ON b.merge_id = g.merge_id AND b.remaining > 0
  JOIN tessera.point_lot l ON l.id = b.lot_id WHERE g.journal_id = e."journalId"`;

const ENTRIES = `SELECT e."journalId", e."occurredAt", e.kind, e.amount, e."balanceAfter", e."transactionId", e.gift, e."staffName", e.reason, e."memberNo",
    coalesce(CASE WHEN e.kind = 'merged' THEN (${MERGED_PARTS}) ELSE (
      SELECT json_agg(json_build_object('label', l.label, 'amount', m.amount, 'expiresAt', l.expires_at) ORDER BY l.expires_at, l.id)
      FROM tessera.point_move m JOIN tessera.point_lot l ON l.id = m.lot_id AND l.member_id = ANY (tessera.member_family($1))
      WHERE m.journal_id = e."journalId" AND (m.kind = e.kind OR (e.kind, m.kind) IN (('adjusted', 'earned'), ('gift', 'redeemed'), ('gift-return', 'returned')))) END, '[]') AS parts
  FROM (SELECT p.journal_id AS "journalId", p.entry, j.occurred_at AS "occurredAt", ${KIND} AS kind, p.amount,
      p.balance_after AS "balanceAfter", CASE WHEN j.subject_type = 'transaction' THEN j.subject_id END AS "transactionId",
      CASE WHEN f.id IS NOT NULL THEN json_build_object('handoutId', f.id, 'number', f.number, 'label', f.label) END AS gift,
      coalesce(d.staff_name, u.staff_name, g.staff_name, r.staff_name, f.staff_name) AS "staffName",
      coalesce(d.reason, u.reason, g.reason, r.reason) AS reason,
      (SELECT o.member_no FROM public.members o WHERE o.document_id = a.owner_id AND a.owner_id <> $1) AS "memberNo"
    FROM tessera.account a JOIN tessera.posting p ON p.account_id = a.id JOIN tessera.journal j ON j.id = p.journal_id
    LEFT JOIN tessera.point_adjustment d ON d.journal_id = j.id
    LEFT JOIN tessera.gift_return r ON r.id = j.id
    LEFT JOIN tessera.gift_handout f ON f.id = coalesce(r.handout_id, j.id)
    LEFT JOIN tessera.member_merge g ON j.subject_type = 'member-merge' AND g.id::text = j.subject_id
    LEFT JOIN tessera.member_merge_undo u ON j.kind = 'member-merge-undone' AND u.merge_id = g.id
    WHERE a.owner_id = ANY (tessera.member_family($1)) AND a.account = 'points' AND a.unit = 'points' AND a.owner_type = 'member'
    ORDER BY j.occurred_at DESC, j.posted_at DESC, p.journal_id DESC, p.entry DESC LIMIT ${ENTRY_LIMIT}) e`;

const STATE = `CASE WHEN l.expires_at <= $2 THEN 'expired' WHEN l.available_from > $2 THEN 'pending' ELSE 'available' END`;

const VIEW = {
  name: 'points-member',
  text: `WITH lots AS (
    SELECT l.id::text AS id, l.rule, l.label, l.amount, l.remaining, j.occurred_at AS "earnedAt", l.available_from AS "availableFrom",
      l.expires_at AS "expiresAt", ${STATE} AS state FROM tessera.point_lot l JOIN tessera.journal j ON j.id = l.journal_id
    WHERE l.member_id = $1 AND l.remaining > 0)
  SELECT coalesce(sum(remaining) FILTER (WHERE state = 'available'), 0)::bigint AS available,
    coalesce(sum(remaining) FILTER (WHERE state = 'pending'), 0)::bigint AS pending,
    coalesce(sum(remaining) FILTER (WHERE state = 'available' AND "expiresAt" <= $2::timestamptz + interval '${SOON_DAYS} days'), 0)::bigint
      AS "expiringSoon",
    greatest(0, -coalesce((SELECT a.balance FROM tessera.account a
      WHERE a.owner_id = $1 AND a.account = 'points' AND a.unit = 'points' AND a.owner_type = 'member'), 0)) AS debt,
    coalesce(json_agg(to_json(lots) ORDER BY "expiresAt" NULLS LAST, lots.id), '[]') AS lots,
    coalesce((SELECT json_agg(to_json(e)) FROM (${ENTRIES}) e), '[]') AS entries FROM lots`,
};

/** Instants inside JSON come as PostgreSQL writes them. */
function instant(text: string): string {
  return new Date(text).toISOString();
}

/** Everything a member has of points at an instant, and the newest entries with what explains them. */
export async function readMemberPoints(sql: Sql, memberId: string, now: Date): Promise<Omit<MemberPoints, 'memberId'>> {
  const rows = await sql.query<Omit<MemberPoints, 'memberId'>>(VIEW, [memberId, now]);
  const { lots, entries, ...sums } = rows[0] as Omit<MemberPoints, 'memberId'>;
  const ending = (expiresAt: string | null) => (expiresAt === null ? null : instant(expiresAt));
  return {
    ...sums,
    lots: lots.map((lot) => ({
      ...lot,
      earnedAt: instant(lot.earnedAt),
      availableFrom: instant(lot.availableFrom),
      expiresAt: ending(lot.expiresAt),
    })),
    entries: entries.map((entry) => ({
      ...entry,
      occurredAt: instant(entry.occurredAt),
      parts: entry.parts.map((part) => ({ ...part, expiresAt: ending(part.expiresAt) })),
    })),
  };
}
