import { sum } from '@tessera/kernel/domain';
import { judgeRedeem, mostUseful, redeemOffer, worthOf, type RedeemRefusal } from '@tessera/points/domain';
import { takeOff, type Pricing, type PricingStep } from './pricing';

function rejected(pricing: Pricing, reason: RedeemRefusal): Pricing {
  return { ...pricing, rejected: [...pricing.rejected, { code: 'points', reason }] };
}

/** What the member's points take off the bill; what he could redeem is said even when he redeems nothing. */
export const redeemPoints: PricingStep = (pricing, { cart, facts, store, member }) => {
  const wanted = cart.redeem?.points ?? 0;
  const programme = facts.points?.book.programme;
  if (!member) return wanted > 0 ? rejected(pricing, 'points_need_member') : pricing;
  if (!facts.points || !programme || programme.currency !== store.currency) {
    return wanted > 0 ? rejected(pricing, 'points_not_offered') : pricing;
  }
  const offer = redeemOffer(programme, facts.points.holding.available, sum(pricing.lines.map((line) => line.amount)));
  const { redeemPoints: per, redeemValue: worth } = programme;
  const points = { ...offer, suggested: mostUseful(programme, offer), per, worth, redeemed: 0, taken: 0 };
  if (wanted === 0) return { ...pricing, points };
  const refusal = judgeRedeem(offer, wanted);
  if (refusal) return rejected({ ...pricing, points }, refusal);
  const taken = worthOf(wanted, programme);
  const lines = takeOff(pricing.lines, taken, {
    source: 'points',
    code: 'points',
    label: { zh: `积分抵扣(${wanted} 积分)`, en: `${wanted} points redeemed` },
    reason: '',
  });
  return { ...pricing, lines, points: { ...points, redeemed: wanted, taken } };
};
