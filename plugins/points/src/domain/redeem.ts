import { BASIS_POINTS, defineError, scaleDown } from '@tessera/kernel/domain';
import { pointsWithin, worthOf, type Programme } from './programme';

export const pointsNotEnough = defineError<{ wanted: number }>(
  'points_not_enough',
  409,
  ({ wanted }) => `The member has fewer than ${wanted} points`,
);

export type RedeemRefusal =
  | 'points_not_offered'
  | 'points_need_member'
  | 'points_not_enough'
  | 'points_below_minimum'
  | 'points_off_step'
  | 'points_over_share';

/** How many points a member may redeem on a bill. */
export interface RedeemOffer {
  available: number;
  min: number;
  step: number;
  /** Largest choice there is; 0 = none, and `refusal` says why. */
  max: number;
  refusal: RedeemRefusal | null;
}

function refusalOf(programme: Programme, available: number, allowed: number): RedeemRefusal | null {
  const { redeemMin, redeemStep } = programme;
  const least = Math.ceil(redeemMin / redeemStep) * redeemStep;
  if (available < least) return 'points_not_enough';
  return allowed < least ? 'points_over_share' : null;
}

/** What may be redeemed of `available` points on a bill (minor units), in the steps of the programme. */
export function redeemOffer(programme: Programme, available: number, bill: number): RedeemOffer {
  const { redeemMin: min, redeemStep: step, redeemMaxShare } = programme;
  const allowed = pointsWithin(scaleDown(bill, redeemMaxShare, BASIS_POINTS), programme);
  const refusal = refusalOf(programme, available, allowed);
  const most = Math.min(available, allowed);
  return { available, min, step, max: refusal === null ? most - (most % step) : 0, refusal };
}

/** May the member redeem exactly so many? Null = yes. */
export function judgeRedeem(offer: RedeemOffer, wanted: number): RedeemRefusal | null {
  if (wanted > offer.available) return 'points_not_enough';
  if (wanted < offer.min) return 'points_below_minimum';
  if (wanted % offer.step !== 0) return 'points_off_step';
  return wanted > offer.max ? 'points_over_share' : null;
}

/**
 * The suggestion of the till: takes off the bill as much as the largest choice does, for the fewest points (where several steps
 * are worth the same, rounded down). 0 = nothing can be redeemed.
 */
export function mostUseful(programme: Programme, offer: RedeemOffer): number {
  const worth = worthOf(offer.max, programme);
  if (worth === 0) return 0;
  const about = pointsWithin(worth, programme);
  const needed = worthOf(about, programme) < worth ? about + 1 : about;
  return Math.ceil(Math.max(needed, offer.min) / offer.step) * offer.step;
}
