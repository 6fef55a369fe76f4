import { daysBetween } from '@tessera/kernel/domain';
import { celebrationDay, judgeTier, type BirthdayGift, type Tier, type TierHolding } from '@tessera/members/domain';

/** The most days before a birthday that a gift may come (`birthdayDaysBefore` of a tier). */
export const MOST_DAYS_BEFORE = 31;
/** So many days after a birthday its gift is still made up for: the job did not run, or the birthday was entered late. */
export const LATE_DAYS = 7;
/**
 * So far apart two gifts are at least. Once per birthday year alone would let a member who moves his birthday from December to January
 * have two within days; with less than a year between them a corrected birthday costs nobody his next gift.
 */
export const DAYS_APART = 300;

/** The year of the birthday whose gift is due on a day; null = none is. The day of birth itself is no birthday. */
export function dueBirthdayYear(birthday: string, today: string, daysBefore: number): number | null {
  const thisYear = Number(today.slice(0, 4));
  const due = [thisYear - 1, thisYear, thisYear + 1].find((year) => {
    const daysAhead = daysBetween(today, celebrationDay(birthday, year));
    return daysAhead <= daysBefore && daysAhead >= -LATE_DAYS && year > Number(birthday.slice(0, 4));
  });
  return due ?? null;
}

export interface DueGift {
  year: number;
  tier: Tier;
  gift: BirthdayGift;
}

/**
 * What a member is to get for his birthday on a day, by the tier that he has at that instant; null = nothing: no tier, none that gives
 * anything, or no birthday near. Whoever has never reached a tier gets nothing, so nobody registers for the gift.
 */
export function dueGift(
  { birthday, holding }: { birthday: string; holding: Pick<TierHolding, 'days' | 'given'> },
  tiers: readonly Tier[],
  at: { now: Date; today: string; businessDay: string },
): DueGift | null {
  const tier = judgeTier(tiers, holding, { now: at.now, day: at.businessDay })?.tier;
  if (!tier?.birthdayGift) return null;
  const year = dueBirthdayYear(birthday, at.today, tier.birthdayGift.daysBefore);
  return year === null ? null : { year, tier, gift: tier.birthdayGift };
}
