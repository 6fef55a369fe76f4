import type { MemberHoldings } from '@tessera/members/public';
import { countOpenCoupons, forgetInCoupons } from '../store/member-coupons-store';

/** Coupons are looked up under every number of a member, so that they need not move: they only have to be told of. */
export const COUPONS_OF_MEMBERS: MemberHoldings = {
  code: 'coupons',
  place: 30,
  async balances(sql, memberId, now) {
    const amount = await countOpenCoupons(sql, memberId, now);
    return amount === 0 ? [] : [{ code: 'coupons', label: { zh: '优惠券', en: 'Coupons' }, amount, currency: null }];
  },
  forget: (sql, { memberIds }) => forgetInCoupons(sql, memberIds),
};
