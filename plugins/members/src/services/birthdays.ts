import { mask } from '@tessera/backoffice/domain';
import { businessDayOf } from '@tessera/kernel/domain';
import type { Birthday } from '../contracts';
import { birthdayKeys } from '../domain';
import { readBirthdays } from '../store/birthday-store';
import { readBooks } from '../store/merge-store';
import type { Act, MergeDesk } from './merges/merge-desk';

/**
 * `GET /api/members/birthdays`: whose birthday is in the days to come, by the store's clock. To be on the list tells the birthday, so it
 * takes a grant that shows it in clear; name and phone are shown as far as that grant does.
 * @throws forbidden (403)
 */
export async function viewBirthdays(
  desk: MergeDesk,
  { staff, now }: Act,
  { days, storeId = null }: { days: number; storeId?: string | undefined | null },
): Promise<Birthday[]> {
  const { read } = await desk.access.demand(staff, {
    permission: 'members.birthdays',
    now,
    records: [{ storeId }],
    fields: { read: ['birthday'], query: ['birthday'] },
  });
  const books = await readBooks(desk.database, [storeId]);
  const today = businessDayOf(now, books?.timeZone ?? 'UTC', '00:00');
  const found = await readBirthdays(desk.database, birthdayKeys(today, days), storeId);
  return found.map(({ name, phone, ...member }) => ({
    ...member,
    ...(read['name'] === undefined ? {} : { name: read['name'] === 'clear' ? name : String(mask('name', name)) }),
    ...(read['phone'] === undefined
      ? {}
      : { phone: read['phone'] === 'clear' ? phone : (mask('phone', phone) as string | null) }),
  }));
}
