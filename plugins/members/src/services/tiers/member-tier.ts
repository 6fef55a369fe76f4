import type { Access, Staff } from '@tessera/access/public';
import { businessDayOf, notFound } from '@tessera/kernel/domain';
import type { Database } from '@tessera/kernel/public';
import type { MemberTier } from '../../contracts';
import { standingView } from '../../domain';
import { readJudgedMember, readTierHistory, type JudgedMember } from '../../store/tier-store';
import type { TierBook } from './tier-book';

export interface TierDesk {
  access: Access;
  database: Database;
  tierBook: TierBook;
}

export interface Act {
  staff: Staff;
  now: Date;
}

/** @throws not_found (404) */
export async function findJudged({ database }: TierDesk, memberId: string, now: Date): Promise<JudgedMember> {
  const member = await readJudgedMember(database, memberId, now);
  if (!member) throw notFound({ what: 'member', id: memberId });
  return member;
}

export async function showMemberTier(desk: TierDesk, member: JudgedMember, now: Date): Promise<MemberTier> {
  const { memberId, holding, timeZone, dayCutoff } = member;
  const tiers = holding ? await desk.tierBook(holding.version) : [];
  const at = { now, day: businessDayOf(now, timeZone, dayCutoff) };
  const history = await readTierHistory(desk.database, memberId);
  const labels = new Map(tiers.map(({ code, label }) => [code, label]));
  return {
    memberId,
    ...standingView(tiers, holding ?? { days: [], given: null }, at),
    history: history.map((entry) => ({ ...entry, label: labels.get(entry.tier ?? '') ?? null })),
  };
}

/** `GET /api/members/{id}/tier`. @throws not_found (404), forbidden (403) */
export async function viewMemberTier(desk: TierDesk, { staff, now }: Act, memberId: string): Promise<MemberTier> {
  await desk.access.demand(staff, { permission: 'member-tiers.view', now });
  return showMemberTier(desk, await findJudged(desk, memberId, now), now);
}
