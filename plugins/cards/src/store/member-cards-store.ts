import type { Sql } from '@tessera/kernel/public';
import { ENTRY_LIMIT, type CardAct, type CardNumbers, type MemberCard, type MemberCards } from '../contracts';

const LOTS = `SELECT json_agg(json_build_object('id', l.id::text, 'kind', l.kind, 'sku', l.sku, 'nameZh', l.name_zh, 'nameEn', l.name_en,
    'services', coalesce((SELECT json_agg(json_build_object('nameZh', s.name_zh, 'nameEn', s.name_en) ORDER BY s.sku)
      FROM public.services s WHERE s.document_id = ANY (l.service_ids)), '[]'), 'spendOrder', l.spend_order,
    'principalSold', l.principal_sold, 'bonusSold', l.bonus_sold, 'sessionsSold', l.sessions_sold, 'principal', l.principal,
    'bonus', l.bonus, 'sessions', l.sessions, 'soldAt', j.occurred_at, 'validUntil', l.valid_until,
    'isEnded', coalesce(l.valid_until <= $2, false),
    'instalments', coalesce((SELECT json_agg(json_build_object('dueOn', i.due_on, 'amount', i.amount) ORDER BY i.number)
      FROM tessera.card_instalment i WHERE i.lot_id = l.id AND i.state = 'due'), '[]'),
    'time', CASE WHEN l.kind = 'time' THEN json_build_object('startedOn', l.started_on, 'periodDays', l.period_days, 'usesPer', l.uses_per,
      'usesLimit', l.uses_limit, 'usesNow', tessera.uses_in_period(l, tessera.business_day_at(c.store_id, $2)), 'freezeDays', l.freeze_days,
      'frozenDays', l.frozen_days, 'sharedWith', l.shared_with, 'refundTerms', l.refund_terms, 'isRefunded', l.is_refunded) END) ORDER BY l.valid_until NULLS LAST, l.id)
  FROM tessera.card_lot l JOIN tessera.journal j ON j.id = l.transaction_id WHERE l.card_id = c.id`;

/** Moves of a card are numbered under its lock: their running sum is what was on it after each. */
const ENTRIES = `SELECT json_agg(json_build_object('id', e.id::text, 'occurredAt', j.occurred_at, 'kind', e.kind, 'lotId', e.lot_id::text,
    'nameZh', e.name_zh, 'nameEn', e.name_en, 'principal', CASE WHEN e.is_value THEN e.principal ELSE 0 END, 'bonus', e.bonus,
    'sessions', e.sessions, 'uses', e.uses, 'deferred', CASE WHEN e.is_value THEN 0 ELSE e.principal END, 'after', e.after, 'transactionId', e.journal_id, 'transactionNumber', coalesce(t.number, '')) ORDER BY e.id DESC)
  FROM (SELECT m.*, l.name_zh, l.name_en, l.kind = 'stored-value' AS is_value, CASE WHEN l.kind = 'stored-value'
      THEN sum(m.principal + m.bonus) OVER (PARTITION BY l.kind ORDER BY m.id) WHEN l.kind = 'time' THEN sum(m.principal) OVER (PARTITION BY l.id ORDER BY m.id)
      ELSE sum(m.sessions) OVER (PARTITION BY l.id ORDER BY m.id) END AS after
    FROM tessera.card_lot l JOIN tessera.card_move m ON m.lot_id = l.id WHERE l.card_id = c.id
    ORDER BY m.id DESC LIMIT ${ENTRY_LIMIT}) e
  JOIN tessera.journal j ON j.id = e.journal_id LEFT JOIN tessera.transaction t ON t.id = e.journal_id`;

/** An act `a` with the numbers of its members and the ends that it moved. */
const ACT = `json_build_object('id', a.id::text, 'kind', a.kind, 'occurredAt', a.occurred_at, 'staffName', a.staff_name, 'reason', a.reason,
    'oldNumber', a.old_number, 'fromMemberNo', (SELECT g.member_no FROM public.members g WHERE g.document_id = a.from_member),
    'toMemberNo', (SELECT g.member_no FROM public.members g WHERE g.document_id = a.to_member),
    'lots', coalesce((SELECT json_agg(json_build_object('id', l.id::text, 'nameZh', l.name_zh, 'nameEn', l.name_en, 'before', d.before,
        'after', d.after) ORDER BY l.id) FROM jsonb_to_recordset(a.details->'lots') AS d (id bigint, before text, after text)
      JOIN tessera.card_lot l ON l.id = d.id), '[]'))`;

const VIEW = {
  name: 'cards-member',
  text: `SELECT coalesce((SELECT json_agg(json_build_object('id', c.id, 'number', c.number, 'status', c.status, 'currency', c.currency,
      'storeId', c.store_id, 'openedAt', c.opened_at, 'principal', coalesce(s.principal, 0), 'bonus', coalesce(s.bonus, 0),
      'sessions', coalesce(s.sessions, 0), 'lots', coalesce((${LOTS}), '[]'), 'entries', coalesce((${ENTRIES}), '[]'),
      'acts', coalesce((SELECT json_agg(${ACT} ORDER BY a.id DESC) FROM tessera.card_act a WHERE a.card_id = c.id), '[]'),
      'guests', coalesce((SELECT json_agg(json_build_object('memberId', h.document_id, 'memberNo', h.member_no) ORDER BY h.member_no)
        FROM (SELECT DISTINCT tessera.member_now(g.member_id) AS id FROM tessera.card_guest g WHERE g.card_id = c.id) n
        JOIN public.members h ON h.document_id = n.id AND n.id <> c.member_id), '[]'))
      ORDER BY c.opened_at DESC, c.id)
    FROM tessera.card c LEFT JOIN LATERAL (SELECT sum(l.principal) FILTER (WHERE l.kind = 'stored-value') AS principal,
      sum(l.bonus) AS bonus, sum(l.sessions) AS sessions FROM tessera.card_lot l WHERE l.card_id = c.id) s ON true
    WHERE c.member_id = m.document_id), '[]') AS cards,
    coalesce((SELECT json_agg(json_build_object('cardId', c.id, 'number', c.number, 'act', ${ACT}) ORDER BY a.id DESC)
      FROM tessera.card_act a JOIN tessera.card c ON c.id = a.card_id WHERE a.from_member = m.document_id), '[]') AS given
    FROM public.members m WHERE m.document_id = $1`,
};

/** Instants inside JSON come as PostgreSQL writes them. */
const instant = (text: string): string => new Date(text).toISOString();

const end = (text: string | null): string | null => (text === null ? null : instant(text));
const actShown = (act: CardAct): CardAct => ({
  ...act,
  occurredAt: instant(act.occurredAt),
  lots: act.lots.map((lot) => ({ ...lot, before: end(lot.before), after: end(lot.after) })),
});

function cardShown(card: MemberCard): MemberCard {
  return {
    ...card,
    openedAt: instant(card.openedAt),
    lots: card.lots.map((lot) => ({
      ...lot,
      soldAt: instant(lot.soldAt),
      validUntil: end(lot.validUntil),
    })),
    entries: card.entries.map((entry) => ({ ...entry, occurredAt: instant(entry.occurredAt) })),
    acts: card.acts.map(actShown),
  };
}

/** The cards of a member with every lot, the newest entries and what was done with them; undefined: no such member. */
export async function readMemberCards(
  sql: Sql,
  memberId: string,
  now: Date,
): Promise<Pick<MemberCards, 'cards' | 'given'> | undefined> {
  const rows = await sql.query<Pick<MemberCards, 'cards' | 'given'>>(VIEW, [memberId, now]);
  const [row] = rows;
  if (!row) return undefined;
  return { cards: row.cards.map(cardShown), given: row.given.map((each) => ({ ...each, act: actShown(each.act) })) };
}

/** Newest first; empty: no cards, or no such member. */
export async function readCardNumbers(sql: Sql, memberId: string): Promise<CardNumbers> {
  return sql.query<CardNumbers[number]>(
    'SELECT c.id::text, c.number, c.status FROM tessera.card c WHERE c.member_id = $1 ORDER BY c.opened_at DESC, c.id',
    [memberId],
  );
}
