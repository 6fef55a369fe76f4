import type { Core } from '@strapi/strapi';
import { access } from '@tessera/access/public';
import { backoffice } from '@tessera/backoffice/public';
import { kernel, type Sql } from '@tessera/kernel/public';
import type {
  AnonymisationRequest,
  Birthday,
  ConsentRequest,
  MemberConsents,
  MemberMerge,
  MemberTier,
  MergeAnswer,
  MergePreview,
  MergeRequest,
  TierAssignment,
} from '../contracts';
import { prepareMember } from '../domain/prepare-member';
import { prepareStaff } from '../domain/prepare-staff';
import { memberAnonymised, memberMerged } from '../domain';
import type { MemberHoldings, Members } from '../public';
import { readGone } from '../store/merge-store';
import { takeMemberNo } from '../store/member-no-store';
import { isTierInHistory } from '../store/tier-store';
import { defaultCountry } from './settings';
import { anonymise, type Anonymised } from './anonymise';
import { viewBirthdays } from './birthdays';
import { recordConsent, viewConsents } from './consents';
import { mergeMembers } from './merges/merge-members';
import { undoMerge } from './merges/undo-merge';
import { previewMerge, viewMerges } from './merges/view-merges';
import { assignTier } from './tiers/assign-tier';
import { viewMemberTier, type Act } from './tiers/member-tier';
import { createTierBook } from './tiers/tier-book';

export interface MembersService extends Members {
  tierOf(act: Act, memberId: string): Promise<MemberTier>;
  assignTier(act: Act, ask: { memberId: string; wanted: TierAssignment }): Promise<MemberTier>;
  merges(act: Act, memberId: string): Promise<MemberMerge[]>;
  previewMerge(act: Act, ids: { keptId: string; duplicateId: string }): Promise<MergePreview>;
  merge(
    act: Act,
    ask: { keptId: string; request: MergeRequest; key: string },
  ): Promise<{ merge: MergeAnswer; isReplay: boolean }>;
  consents(act: Act, memberId: string): Promise<MemberConsents>;
  recordConsent(act: Act, ask: { memberId: string; request: ConsentRequest }): Promise<MemberConsents>;
  birthdays(act: Act, query: { days: number; storeId?: string | undefined }): Promise<Birthday[]>;
  anonymise(act: Act, ask: { memberId: string; request: AnonymisationRequest }): Promise<Anonymised>;
  undoMerge(act: Act, ask: { memberId: string; mergeId: string; reason: string }): Promise<MemberMerge>;
}

export function membersService(strapi: Core.Strapi): MembersService {
  return strapi.plugin('members').service('members') as MembersService;
}

export function createMembersService({ strapi }: { strapi: Core.Strapi }): MembersService {
  const { database } = kernel(strapi);
  const tierBook = createTierBook(database);
  const parts: MemberHoldings[] = [];
  const holdings = () => parts;
  const desk = { access: access(strapi), database, tierBook, holdings };
  return {
    addHoldings: (added) => void parts.splice(parts.filter(({ place }) => place <= added.place).length, 0, added),
    merges: (act, memberId) => viewMerges(desk, act, memberId),
    previewMerge: (act, ids) => previewMerge(desk, act, ids),
    merge: (act, ask) => mergeMembers(desk, act, ask),
    consents: (act, memberId) => viewConsents(desk, act, memberId),
    recordConsent: (act, ask) => recordConsent(desk, act, ask),
    birthdays: (act, wanted) => viewBirthdays(desk, act, wanted),
    anonymise: (act, ask) => anonymise(desk, act, ask),
    undoMerge: (act, ask) => undoMerge(desk, act, ask),
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

/** Nobody writes to who is somebody else now, or nobody. @throws member_merged, member_anonymised (409) */
async function refuseGone(sql: Sql, memberId: string): Promise<void> {
  const gone = await readGone(sql, memberId);
  if (gone?.status === 'anonymised') throw memberAnonymised({ memberId });
  if (gone?.keptId) throw memberMerged({ memberId, keptId: gone.keptId });
}

/** Every write of a member, by whatever route, passes through `prepareMember`; a new one without a number gets the next. */
export function prepareMembers(strapi: Core.Strapi): void {
  backoffice(strapi).addPreparation('api::member.member', async (data, { action, documentId }) => {
    const { clock, database } = kernel(strapi);
    if (action === 'update' && documentId) await refuseGone(database, documentId);
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
