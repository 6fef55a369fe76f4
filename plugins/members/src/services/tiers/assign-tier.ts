import { businessDayOf } from '@tessera/kernel/domain';
import type { MemberTier, TierAssignment } from '../../contracts';
import { judgeTier, noTierGiven, tierNotHigher, tierRaced, tierUntilPast, unknownTier, type Tier } from '../../domain';
import { recordGiven, type GivenTier, type JudgedMember } from '../../store/tier-store';
import { findJudged, showMemberTier, type Act, type TierDesk } from './member-tier';

type Decided = Pick<GivenTier, 'tier' | 'cause' | 'holdsUntil'>;

/** @throws unknown_tier, tier_not_higher, tier_until_past, no_tier_given (422) */
function decide(tiers: readonly Tier[], member: JudgedMember, wanted: TierAssignment, now: Date): Decided {
  const holding = member.holding ?? { days: [], given: null };
  const at = { now, day: businessDayOf(now, member.timeZone, member.dayCutoff) };
  if (wanted.tier === null) {
    if (!holding.given) throw noTierGiven(undefined);
    const left = judgeTier(tiers, { ...holding, given: null }, at);
    return { tier: left?.tier.code ?? null, cause: 'withdrawn', holdsUntil: null };
  }
  const tier = tiers.find(({ code }) => code === wanted.tier);
  if (!tier) throw unknownTier({ tier: wanted.tier });
  if (wanted.until !== null && Date.parse(wanted.until) <= now.getTime()) throw tierUntilPast(undefined);
  // What was given before gives way; what was reached is no lower than this, or nothing would change.
  const reached = judgeTier(tiers, { ...holding, given: null }, at)?.tier;
  if (reached && reached.rank >= tier.rank) throw tierNotHigher({ tier: tier.code, current: reached.code });
  return { tier: tier.code, cause: 'given', holdsUntil: wanted.until };
}

/**
 * `POST /api/members/{id}/tier`: gives a tier by hand, for a time and with a reason, or takes back what was given.
 * @throws not_found (404), forbidden (403), the refusals of `decide` (422), tier_raced (409)
 */
export async function assignTier(
  desk: TierDesk,
  { staff, now }: Act,
  { memberId, wanted }: { memberId: string; wanted: TierAssignment },
): Promise<MemberTier> {
  const member = await findJudged(desk, memberId, now);
  const records = [{ storeId: member.storeId, staffId: null }];
  const decision = await desk.access.demand(staff, { permission: 'tiers.assign', now, records });
  const tiers = member.holding ? await desk.tierBook(member.holding.version) : [];
  const decided = decide(tiers, member, wanted, now);
  const follows = member.holding?.recorded?.id ?? null;
  const { reason } = wanted;
  await desk.database.transaction(async (sql) => {
    const entry = { ...decided, memberId, follows, occurredAt: now, reason, staffName: staff.name };
    if (!(await recordGiven(sql, entry))) throw tierRaced(undefined);
    const subject = { storeId: member.storeId, subjectType: 'members', subjectId: memberId };
    const before = { tier: member.holding?.recorded?.tier ?? null };
    const after = { tier: decided.tier, until: decided.holdsUntil };
    await desk.access.record(sql, { staff, decision, ...subject, reason, before, after });
  });
  return showMemberTier(desk, await findJudged(desk, memberId, now), now);
}
