import { decide, type Decision, type Policy } from '@tessera/access/domain';
import { BASIS_POINTS, scale } from '@tessera/kernel/domain';
import type { CashMovement, ManualDiscount, Shift } from '@tessera/checkout/contracts';
import { widestLimit, type Limit } from './problem';

/** What the person at this till may do, decided by the server's own function on the same policy. */
export interface TillRights {
  canSell: boolean;
  canDiscount: boolean;
  canOverridePrice: boolean;
  canHold: boolean;
  canRedeemCoupons: boolean;
  canFindMembers: boolean;
  canGiveGifts: boolean;
  canTakeGiftsBack: boolean;
  canRefund: boolean;
  canVoid: boolean;
  canExchange: boolean;
  canShift: boolean;
  /** May move cash and close although somebody else answers for the drawer. */
  canChangeShiftsOfOthers: boolean;
  canMoveCash: boolean;
  canSeeShifts: boolean;
}

function ask(policy: Policy, permission: string, storeId: string | null, now: Date, amounts = {}): Decision {
  return decide(policy, {
    permission,
    now,
    amounts,
    ...(storeId === null ? {} : { records: [{ storeId, staffId: policy.staffId }] }),
  });
}

/** The same on a record that is nobody's own. */
function decideForOther(policy: Policy, permission: string, storeId: string, now: Date): boolean {
  return decide(policy, { permission, now, records: [{ storeId, staffId: null }] }).effect !== 'deny';
}

/** An act that is granted at all shows its key; how far it goes is judged when the amount is known. */
export function tillRights(policy: Policy, storeId: string, now: Date): TillRights {
  const may = (permission: string) => ask(policy, permission, storeId, now).effect !== 'deny';
  return {
    canSell: may('checkout.sell'),
    canDiscount: may('checkout.discount'),
    canOverridePrice: may('checkout.override-price'),
    canHold: may('checkout.hold'),
    canRedeemCoupons: may('coupons.redeem'),
    canRefund: may('checkout.refund') && may('transactions.view'),
    canVoid: may('checkout.void') && may('transactions.view'),
    canExchange: may('checkout.exchange') && may('transactions.view'),
    canShift: may('checkout.shift'),
    canChangeShiftsOfOthers: decideForOther(policy, 'checkout.shift', storeId, now),
    canMoveCash: may('checkout.cash-movement'),
    canSeeShifts: may('shifts.view'),
    canGiveGifts: may('gifts.give'),
    canTakeGiftsBack: may('gifts.take-back'),
    canFindMembers: ask(policy, 'members.lookup', null, now).effect !== 'deny',
  };
}

export interface Verdict {
  effect: Decision['effect'];
  /** Present when the amount is above what the person may do alone. */
  limit: Limit | null;
}

function verdict(policy: Policy, permission: string, storeId: string, now: Date, amounts: Record<string, number>) {
  const decision = ask(policy, permission, storeId, now, amounts);
  return { effect: decision.effect, limit: widestLimit(decision.reasons) };
}

/** Part of an amount in basis points, rounded up: a limit is never passed by a rounding. */
function shareOf(part: number, whole: number): number {
  if (whole <= 0) return 0;
  const share = scale(part, BASIS_POINTS, whole);
  return share * whole < part * BASIS_POINTS ? share + 1 : share;
}

/** `base` = what the cart costs before the discount, in minor units. */
export function discountRate(discount: ManualDiscount, base: number): number {
  return discount.kind === 'percent' ? discount.basisPoints : shareOf(Math.min(discount.amount, base), base);
}

export function judgeDiscount(policy: Policy, storeId: string, now: Date, rate: number): Verdict {
  return verdict(policy, 'checkout.discount', storeId, now, { rate });
}

/** A price above the list price reduces nothing. */
export function reductionOf(unitPrice: number, listUnitPrice: number): number {
  return shareOf(Math.max(0, listUnitPrice - unitPrice), listUnitPrice);
}

export function judgeOverride(policy: Policy, storeId: string, now: Date, reduction: number): Verdict {
  return verdict(policy, 'checkout.override-price', storeId, now, { reduction });
}

export function judgeMovement(
  policy: Policy,
  shift: Pick<Shift, 'storeId' | 'holder'>,
  now: Date,
  { kind, amount }: Pick<CashMovement, 'kind' | 'amount'>,
): Verdict {
  const records = [{ storeId: shift.storeId, staffId: shift.holder.id }];
  const decision = decide(policy, { permission: 'checkout.cash-movement', now, records, amounts: { [kind]: amount } });
  return { effect: decision.effect, limit: widestLimit(decision.reasons) };
}
