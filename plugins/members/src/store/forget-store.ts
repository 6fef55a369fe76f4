import type { Sql } from '@tessera/kernel/public';

/** Every number of the person. */
export async function readFamily(sql: Sql, memberId: string): Promise<string[]> {
  const rows = await sql.query<{ family: string[] }>('SELECT tessera.member_family($1) AS family', [memberId]);
  return rows[0]?.family ?? [memberId];
}

/** To the end of the transaction `tessera.forget_texts` knows whom to forget. Comes before anything of them is gone. */
export async function beginForgetting(sql: Sql, memberIds: readonly string[]): Promise<void> {
  await sql.query('SELECT tessera.begin_forgetting($1)', [memberIds]);
}

/** See `tessera.forget_members`. */
export async function forgetMembers(sql: Sql, memberIds: readonly string[]): Promise<void> {
  await sql.query('SELECT tessera.forget_members($1)', [memberIds]);
}
