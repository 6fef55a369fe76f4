import type { Core } from '@strapi/strapi';
import { access } from '@tessera/access/public';
import { backoffice } from '@tessera/backoffice/public';
import { kernel } from '@tessera/kernel/public';
import type { MemberTier, TierAssignment } from '../contracts';
import { prepareMember } from '../domain/prepare-member';
import { prepareStaff } from '../domain/prepare-staff';
import type { Members } from '../public';
import { takeMemberNo } from '../store/member-no-store';
import { isTierInHistory } from '../store/tier-store';
import { defaultCountry } from './settings';
import { assignTier } from './tiers/assign-tier';
import { viewMemberTier, type Act } from './tiers/member-tier';
import { createTierBook } from './tiers/tier-book';

export interface MembersService extends Members {
  tierOf(act: Act, memberId: string): Promise<MemberTier>;
  assignTier(act: Act, ask: { memberId: string; wanted: TierAssignment }): Promise<MemberTier>;
}

export function membersService(strapi: Core.Strapi): MembersService {
  return strapi.plugin('members').service('members') as MembersService;
}

export function createMembersService({ strapi }: { strapi: Core.Strapi }): MembersService {
  const { database } = kernel(strapi);
  const tierBook = createTierBook(database);
  const desk = { access: access(strapi), database, tierBook };
  return {
    nextMemberNo: () => takeMemberNo(database),
    tierBook,
    tierOf: (act, memberId) => viewMemberTier(desk, act, memberId),
    assignTier: (act, ask) => assignTier(desk, act, ask),
  };
}

/** A tier that is in somebody's history is archived instead of deleted. */
export function keepTiersInHistory(strapi: Core.Strapi): void {
  backoffice(strapi).addHistoryCheck('tiers', isTierInHistory);
}

/** Every write of a member, by whatever route, passes through `prepareMember`; a new one without a number gets the next. */
export function prepareMembers(strapi: Core.Strapi): void {
  backoffice(strapi).addPreparation('api::member.member', async (data, { action }) => {
    const { clock, database } = kernel(strapi);
    const facts = { action, now: clock.now(), defaultCountry: defaultCountry(strapi) };
    const hasNumber = data.memberNo !== undefined && data.memberNo !== null && data.memberNo !== '';
    if (action === 'update' || hasNumber) return prepareMember(data, facts);
    // Prepared first: what is refused takes no number.
    const prepared = prepareMember({ ...data, memberNo: undefined }, facts);
    return { ...prepared, memberNo: await takeMemberNo(database) };
  });
}

/** Staff have phones as members do: one way to write a number. */
export function prepareStaffProfiles(strapi: Core.Strapi): void {
  backoffice(strapi).addPreparation('api::staff-profile.staff-profile', (data) =>
    prepareStaff(data, defaultCountry(strapi)),
  );
}
