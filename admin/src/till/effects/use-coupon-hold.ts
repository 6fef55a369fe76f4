import { HOLD_MINUTES } from '@tessera/campaigns/contracts';
import { useEffect, useRef } from 'react';
import type { TillState } from '../model/till-state';
import { holdCoupons } from './till-api';

/** Before the hold runs out. */
const RENEW_MS = (HOLD_MINUTES - 1) * 60_000;

/**
 * While coupons are in the cart they are held for this till, so that no other one promises them; clearing the cart sets them free.
 * Best effort: a hold that fails loses nothing, because the sale itself is what uses a coupon once.
 */
export function useCouponHold({ place: { tillId }, cart: { coupons }, phase }: TillState): void {
  const wasHolding = useRef(false);
  const codes = coupons.join(' ');
  // The sale that is on its way ends the hold itself.
  const isOpen = phase !== 'submitting';
  useEffect(() => {
    const isHolding = codes !== '';
    if (!isOpen || (!isHolding && !wasHolding.current)) return undefined;
    wasHolding.current = isHolding;
    const hold = () => void holdCoupons(tillId, isHolding ? codes.split(' ') : []).catch(() => undefined);
    hold();
    if (!isHolding) return undefined;
    const timer = setInterval(hold, RENEW_MS);
    return () => clearInterval(timer);
  }, [tillId, codes, isOpen]);
}
