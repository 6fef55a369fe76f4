import type { Sql } from '@tessera/kernel/public';
import type { Care, CaredCard } from '../domain';

export interface Answered {
  requestHash: string;
  response: unknown;
}

/** A card with what an act upon it depends on. */
export interface LoadedCare {
  card: CaredCard;
  /** That opened the card. */
  store: { timeZone: string; dayCutoff: string };
  /** documentId; null = the member has none. */
  homeStoreId: string | null;
  /** Of a transfer; null = there is no such member, or none is named. */
  receiver: { memberId: string; status: string; homeStoreId: string | null } | null;
  answered: Answered | null;
}

const HOME = `(SELECT s.document_id FROM public.members_home_store_lnk k JOIN public.stores s ON s.id = k.store_id WHERE k.member_id = m.id LIMIT 1)`;

const LOAD = {
  name: 'cards-care',
  text: `SELECT json_build_object('id', c.id, 'number', c.number, 'status', c.status, 'memberId', c.member_id, 'storeId', c.store_id,
      'blockedOn', c.blocked_on,
      'guests', coalesce((SELECT json_agg(json_build_object('memberId', g.member_id, 'nowId', tessera.member_now(g.member_id)) ORDER BY g.member_id)
        FROM tessera.card_guest g WHERE g.card_id = c.id), '[]'), 'lots', coalesce((SELECT json_agg(json_build_object('id', l.id::text, 'principal', l.principal,
        'bonus', l.bonus, 'validUntil', l.valid_until, 'time', CASE WHEN l.kind = 'time' AND NOT l.is_refunded THEN json_build_object(
          'startedOn', l.started_on, 'periodDays', l.period_days, 'freezeDays', l.freeze_days, 'frozenDays', l.frozen_days,
          'sharedWith', l.shared_with) END) ORDER BY l.id) FROM tessera.card_lot l WHERE l.card_id = c.id), '[]')) AS card,
    (SELECT json_build_object('timeZone', s.time_zone, 'dayCutoff', s.day_cutoff) FROM public.stores s WHERE s.document_id = c.store_id) AS store,
    (SELECT ${HOME} FROM public.members m WHERE m.document_id = c.member_id) AS "homeStoreId",
    (SELECT json_build_object('memberId', m.document_id, 'status', CASE WHEN m.archived THEN 'closed' ELSE m.status END, 'homeStoreId', ${HOME})
      FROM public.members m WHERE m.document_id = $2) AS receiver,
    (SELECT json_build_object('requestHash', k.request_hash, 'response', k.response) FROM tessera.idempotency k WHERE k.key = $3) AS answered
  FROM tessera.card c WHERE c.id = $1`,
};

/** Undefined: there is no such card. */
export async function loadCare(
  sql: Sql,
  { cardId, receiverId, key }: { cardId: string; receiverId: string | null; key: string },
): Promise<LoadedCare | undefined> {
  const rows = await sql.query<LoadedCare>(LOAD, [cardId, receiverId, key]);
  return rows[0];
}

const CARE = { name: 'cards-care-for', text: 'SELECT tessera.care_for_card($1::jsonb) AS outcome' };
/** SQLSTATEs raised by `tessera.care_for_card`: the card has changed, or a member is not any more who he was. */
const CHANGED = ['TV005', 'TM001'];

/** What `tessera.care_for_card` takes. */
export interface CareBooking {
  key: string;
  requestHash: string;
  response: unknown;
  cardId: string;
  known: Pick<CaredCard, 'status' | 'memberId' | 'number'> & Pick<Care['next'], 'guests'>;
  next: Care['next'];
  lots: Care['lots'];
  act: {
    kind: string;
    occurredAt: string;
    staffId: string;
    staffName: string;
    reason: string;
    /** Who gets it, or shares it. */
    toMember: string | null;
    details: Care['details'];
  };
  /** A line of the trail, as `access.auditRow` makes it. */
  audit: Record<string, unknown>;
}

export type CareOutcome = { kind: 'done' } | { kind: 'answered'; answered: Answered } | { kind: 'stale' };

export async function bookCare(sql: Sql, booking: CareBooking): Promise<CareOutcome> {
  try {
    const rows = await sql.query<{ outcome: { answered?: Answered } }>(CARE, [JSON.stringify(booking)]);
    const answered = rows[0]?.outcome.answered;
    return answered ? { kind: 'answered', answered } : { kind: 'done' };
  } catch (error) {
    if (CHANGED.includes((error as { code?: string }).code ?? '')) return { kind: 'stale' };
    throw error;
  }
}
