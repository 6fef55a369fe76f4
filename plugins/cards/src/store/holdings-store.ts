import type { Sql } from '@tessera/kernel/public';

export interface CardBalance {
  /** Null of sessions. */
  currency: string | null;
  cards: number;
  principal: number;
  bonus: number;
  sessions: number;
}

/** What is left on the cards of a member, whether it can be used at this moment or not. */
export function readCardBalances(sql: Sql, memberId: string): Promise<CardBalance[]> {
  return sql.query<CardBalance>(
    `SELECT c.currency, count(DISTINCT c.id)::int AS cards, coalesce(sum(l.principal) FILTER (WHERE l.kind = 'stored-value'), 0)::bigint AS principal,
      coalesce(sum(l.bonus), 0)::bigint AS bonus, coalesce(sum(l.sessions), 0)::bigint AS sessions
    FROM tessera.card c LEFT JOIN tessera.card_lot l ON l.card_id = c.id WHERE c.member_id = $1 GROUP BY c.currency ORDER BY c.currency`,
    [memberId],
  );
}

interface MergeOfCards {
  mergeId: string;
  keptId: string;
  duplicateId: string;
}

/** See `tessera.merge_cards`. */
export async function moveCards(sql: Sql, { mergeId, keptId, duplicateId }: MergeOfCards): Promise<void> {
  await sql.query('SELECT tessera.merge_cards($1, $2, $3)', [mergeId, keptId, duplicateId]);
}

/** See `tessera.unmerge_cards`. */
export async function moveCardsBack(sql: Sql, { mergeId, keptId, duplicateId }: MergeOfCards): Promise<void> {
  await sql.query('SELECT tessera.unmerge_cards($1, $2, $3)', [mergeId, keptId, duplicateId]);
}

/** In the acts upon these members' cards nobody is named any more: see `tessera.forget_texts`; nobody shares or pays by their PIN. */
export async function forgetInActs(sql: Sql, memberIds: readonly string[]): Promise<void> {
  await sql.query('DELETE FROM tessera.member_pin WHERE member_id = ANY ($1)', [memberIds]);
  await sql.query('DELETE FROM tessera.card_guest WHERE member_id = ANY ($1)', [memberIds]);
  const cards = '(SELECT c.id FROM tessera.card c WHERE c.member_id = ANY ($1))';
  const acts = `t.from_member = ANY ($1) OR t.to_member = ANY ($1) OR t.card_id IN ${cards}`;
  const forget = 'SELECT tessera.forget_texts($1::regclass, $2, $3, $4)';
  await sql.query(forget, ['tessera.card_act', ['reason', 'details'], acts, memberIds]);
  const lines = `t.subject_id IN (SELECT c::text FROM ${cards} AS k (c))`;
  await sql.query(forget, ['tessera.audit', ['reason', 'before', 'after'], lines, memberIds]);
}
