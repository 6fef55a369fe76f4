import { useQuery } from '@tanstack/react-query';
import type { MemberCoupon } from '@tessera/campaigns/contracts';
import type { MemberCards } from '@tessera/cards/contracts';
import type { MemberConsents, MemberMerge, MemberTier } from '@tessera/members/contracts';
import type { MemberPoints } from '@tessera/points/contracts';
import { http } from '../../providers/http';

function useMemberQuery<Answer>(key: string, path: string, memberId: string, isWanted: boolean) {
  return useQuery({
    queryKey: [key, memberId],
    queryFn: async () => (await http.get<Answer>(path)).data,
    enabled: isWanted,
  });
}

/** What each plugin answers about one member; asked once however many parts of the page show it. */
export const useMemberPoints = (memberId: string, isWanted = true) =>
  useMemberQuery<MemberPoints>('member-points', `/api/points/members/${memberId}`, memberId, isWanted);
export const useMemberCards = (memberId: string, isWanted = true) =>
  useMemberQuery<MemberCards>('member-cards', `/api/cards/members/${memberId}`, memberId, isWanted);
export const useMemberCoupons = (memberId: string, isWanted = true) =>
  useMemberQuery<MemberCoupon[]>('member-coupons', `/api/campaigns/members/${memberId}/coupons`, memberId, isWanted);
export const useMemberTier = (memberId: string, isWanted = true) =>
  useMemberQuery<MemberTier>('member-tier', `/api/members/${memberId}/tier`, memberId, isWanted);
export const useMemberMerges = (memberId: string) =>
  useMemberQuery<MemberMerge[]>('member-merges', `/api/members/${memberId}/merges`, memberId, true);
export const useMemberConsents = (memberId: string) =>
  useMemberQuery<MemberConsents>('member-consents', `/api/members/${memberId}/consents`, memberId, true);
