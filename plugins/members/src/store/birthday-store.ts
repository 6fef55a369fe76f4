import type { Sql } from '@tessera/kernel/public';
import { BIRTHDAY_LIMIT } from '../contracts';
import type { BirthdayKey } from '../domain';

export interface FoundBirthday {
  id: string;
  memberNo: string;
  name: string;
  phone: string | null;
  day: string;
}

/** Members who were born on one of these days, of one store or of all; the nearest day first. */
export function readBirthdays(
  sql: Sql,
  keys: readonly BirthdayKey[],
  storeId: string | null,
): Promise<FoundBirthday[]> {
  return sql.query<FoundBirthday>(
    `SELECT m.document_id AS id, m.member_no AS "memberNo", m.name, m.phone, k.day
    FROM unnest($1::int[], $2::text[]) AS k (key, day)
    JOIN public.members m ON extract(month FROM m.birthday) * 100 + extract(day FROM m.birthday) = k.key AND m.birthday IS NOT NULL
      AND m.status = 'active' AND m.archived IS NOT TRUE
    LEFT JOIN public.members_home_store_lnk l ON l.member_id = m.id LEFT JOIN public.stores s ON s.id = l.store_id
    WHERE $3::text IS NULL OR s.document_id = $3 ORDER BY k.day, m.id LIMIT ${BIRTHDAY_LIMIT}`,
    [keys.map(({ key }) => key), keys.map(({ day }) => day), storeId],
  );
}
