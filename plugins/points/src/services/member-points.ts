import { notFound } from '@tessera/kernel/domain';
import type { Access, Staff } from '@tessera/access/public';
import type { Database } from '@tessera/kernel/public';
import type { MemberPoints } from '../contracts';
import { readMemberPlace, readMemberPoints } from '../store/member-points-store';

export interface PointsDesk {
  access: Access;
  database: Database;
}

export interface Act {
  staff: Staff;
  now: Date;
}

/** `GET /api/points/members/{id}`. @throws not_found (404), forbidden (403) */
export async function viewMemberPoints(desk: PointsDesk, { staff, now }: Act, memberId: string): Promise<MemberPoints> {
  await desk.access.demand(staff, { permission: 'points.view', now });
  const place = await readMemberPlace(desk.database, { memberId, storeId: null });
  if (!place) throw notFound({ what: 'member', id: memberId });
  return { memberId, ...(await readMemberPoints(desk.database, memberId, now)) };
}
