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
