import { defineError, notFound } from '@tessera/kernel/domain';
import type { ClaimRequest, MemberCoupon, Voided } from '../contracts';
import { maskedCouponCode, normalCouponCode } from '../domain';
import {
  bindCoupon,
  hasIssue,
  lockCoupon,
  lockCouponByCode,
  voidCoupons,
  type LockedCoupon,
} from '../store/coupon-store';
import { isActiveMember, readMemberCoupons } from '../store/member-coupons-store';
import type { Act, CouponDesk } from './desk';

const couponNotClaimable = defineError<{ reason: string }>(
  'coupon_not_claimable',
  409,
  ({ reason }) => `The coupon cannot become the member's: ${reason}`,
);
const couponNotVoidable = defineError<{ status: string }>(
  'coupon_not_voidable',
  409,
  ({ status }) => `The coupon is ${status}: there is nothing to void`,
);
const memberNotServed = defineError('member_not_active', 422, 'The membership is not active');

/** `GET /api/campaigns/members/{id}/coupons`. @throws not_found (404), forbidden (403) */
export async function viewMemberCoupons(
  desk: CouponDesk,
  { staff, now }: Act,
  memberId: string,
): Promise<MemberCoupon[]> {
  const { read } = await desk.access.demand(staff, { permission: 'coupons.view', now });
  if ((await isActiveMember(desk.database, memberId)) === undefined) throw notFound({ what: 'member', id: memberId });
  const coupons = await readMemberCoupons(desk.database, memberId, now);
  return read['code'] === 'clear' ? coupons : coupons.map(withMaskedCode);
}

/** A code is as good as what it takes off. */
function withMaskedCode(coupon: MemberCoupon): MemberCoupon {
  return { ...coupon, code: maskedCouponCode(coupon.code) };
}

function demandClaimable(coupon: LockedCoupon | undefined, memberId: string): LockedCoupon {
  if (!coupon) throw couponNotClaimable({ reason: 'coupon_unknown' });
  if (coupon.memberId !== null && coupon.memberId !== memberId) {
    throw couponNotClaimable({ reason: 'coupon_of_other_member' });
  }
  if (coupon.memberId === null && coupon.status !== 'usable' && coupon.status !== 'upcoming') {
    throw couponNotClaimable({ reason: `coupon_${coupon.status}` });
  }
  return coupon;
}

/**
 * `POST /api/campaigns/coupon-claims`: binds a bearer's code to a member; asked again, it answers the same.
 * @throws forbidden (403), not_found (404), member_not_active (422), coupon_not_claimable (409)
 */
export async function claimCoupon(
  desk: CouponDesk,
  act: Act,
  { code, memberId }: ClaimRequest,
): Promise<MemberCoupon[]> {
  const { staff, now } = act;
  const decision = await desk.access.demand(staff, { permission: 'coupons.claim', now });
  const isActive = await isActiveMember(desk.database, memberId);
  if (isActive === undefined) throw notFound({ what: 'member', id: memberId });
  if (!isActive) throw memberNotServed(undefined);
  const id = await desk.database.transaction(async (sql) => {
    const coupon = demandClaimable(await lockCouponByCode(sql, normalCouponCode(code), now), memberId);
    if (coupon.memberId === null) {
      await bindCoupon(sql, coupon.id, memberId, act);
      if (decision.obligations.includes('record')) {
        await desk.access.record(sql, { staff, decision, subjectType: 'coupon', subjectId: String(coupon.id) });
      }
    }
    return String(coupon.id);
  });
  return (await readMemberCoupons(desk.database, memberId, now)).filter((coupon) => coupon.id === id);
}

/**
 * `POST /api/campaigns/coupons/{id}/void`: ends a coupon that was not used; one that is void already stays so.
 * @throws forbidden (403), not_found (404), coupon_not_voidable (409)
 */
export async function voidCoupon(desk: CouponDesk, act: Act, id: string, reason: string): Promise<Voided> {
  const { staff, now } = act;
  const decision = await desk.access.demand(staff, { permission: 'coupons.void', now });
  return desk.database.transaction(async (sql) => {
    const coupon = await lockCoupon(sql, id, now);
    if (!coupon) throw notFound({ what: 'coupon', id });
    if (coupon.status === 'void') return { voided: 0 };
    if (coupon.status === 'used') throw couponNotVoidable({ status: coupon.status });
    const voided = await voidCoupons(sql, { couponId: coupon.id }, { now, staff, reason });
    await desk.access.record(sql, { staff, decision, subjectType: 'coupon', subjectId: id, reason });
    return { voided };
  });
}

/** `POST /api/campaigns/coupon-issues/{id}/void`: ends every unused coupon of an issue. @throws forbidden (403), not_found (404) */
export async function voidIssue(desk: CouponDesk, act: Act, issueId: string, reason: string): Promise<Voided> {
  const { staff, now } = act;
  const decision = await desk.access.demand(staff, { permission: 'coupons.void', now });
  return desk.database.transaction(async (sql) => {
    if (!(await hasIssue(sql, issueId))) throw notFound({ what: 'coupon issue', id: issueId });
    const voided = await voidCoupons(sql, { issueId }, { now, staff, reason });
    const subject = { subjectType: 'coupon-issue', subjectId: issueId, amount: voided, reason };
    await desk.access.record(sql, { staff, decision, ...subject });
    return { voided };
  });
}
