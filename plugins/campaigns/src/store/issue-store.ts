import type { Sql } from '@tessera/kernel/public';

const ISSUE = {
  name: 'coupons-issue',
  text: 'SELECT tessera.issue_coupons($1::jsonb, $2::text[], $3::text[]) AS outcome',
};
const CODE_TAKEN = 'TC002';

export type IssueOutcome =
  | { kind: 'issued' }
  | { kind: 'answered'; requestHash: string; response: unknown }
  /** By chance one of the codes exists: ask again with others. */
  | { kind: 'code-taken' };

/** Issues coupons: see `tessera.issue_coupons`. @param members whose they are, in the order of the codes; null = whoever has the code */
export async function issueCoupons(
  sql: Sql,
  request: Record<string, unknown>,
  codes: readonly string[],
  members: readonly string[] | null,
): Promise<IssueOutcome> {
  try {
    const rows = await sql.query<{ outcome: { answered?: { requestHash: string; response: unknown } } }>(ISSUE, [
      JSON.stringify(request),
      codes,
      members,
    ]);
    const answered = rows[0]?.outcome.answered;
    return answered ? { kind: 'answered', ...answered } : { kind: 'issued' };
  } catch (error) {
    if ((error as { code?: string }).code === CODE_TAKEN) return { kind: 'code-taken' };
    throw error;
  }
}

/** Of these members, those that there are and that are not closed. */
export async function readActiveMembers(sql: Sql, memberIds: readonly string[]): Promise<string[]> {
  const rows = await sql.query<{ id: string }>(
    `SELECT m.document_id AS id FROM public.members m WHERE m.document_id = ANY ($1) AND NOT m.archived AND m.status = 'active'
    ORDER BY m.document_id`,
    [memberIds],
  );
  return rows.map(({ id }) => id);
}
