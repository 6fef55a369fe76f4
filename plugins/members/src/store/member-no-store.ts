import type { Sql } from '@tessera/kernel/public';

export async function takeMemberNo(sql: Sql): Promise<string> {
  const [row] = await sql.query<{ memberNo: string }>('SELECT tessera.next_member_no() AS "memberNo"');
  return (row as { memberNo: string }).memberNo;
}
