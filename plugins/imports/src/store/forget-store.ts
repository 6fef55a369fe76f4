import type { Sql } from '@tessera/kernel/public';

/** Rows of files that were not taken name people, of whom there may be no record: whoever is being forgotten is, in any of them. */
export async function forgetInFiles(sql: Sql): Promise<void> {
  const named = `t.fields::text ~* current_setting('tessera.forgetting')`;
  await sql.query(`SELECT tessera.forget_texts('tessera.import_set_aside', ARRAY['fields'], $1, '{}')`, [named]);
}
