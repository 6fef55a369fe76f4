import { sum } from '@tessera/kernel/domain';
import type { EarnedLot } from './earn';
import { GIFT_RULE } from './gift-dates';
import { lotDates } from './lot-dates';
import type { Programme } from './programme';

/** Points that come with a line of a sale, whatever rules say. */
export interface PointsBonus {
  /** Of the line. */
  index: number;
  sku: string;
  label: { zh: string; en: string };
  points: number;
}

/**
 * Points that are given with what is bought: a lot for each thing, with the dates that the programme gives to everything that is earned
 * now. No cap takes from them, they were promised at a price.
 * @param lineCount of the sale
 */
export function bonusLots(
  bonuses: readonly PointsBonus[],
  programme: Programme,
  sale: { now: Date; timeZone: string; lineCount: number },
): EarnedLot[] {
  const dates = lotDates(programme, sale);
  return [...new Set(bonuses.map(({ sku }) => sku))].map((sku) => {
    const same = bonuses.filter((bonus) => bonus.sku === sku);
    const byLine = Array.from({ length: sale.lineCount }, (_, index) =>
      sum(same.map((bonus) => (bonus.index === index ? bonus.points : 0))),
    );
    const label = same[0]?.label ?? { zh: sku, en: sku };
    return { rule: `${GIFT_RULE}${sku}`, label, points: sum(byLine), byLine, isCapped: false, ...dates };
  });
}
