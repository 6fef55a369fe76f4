/** Notes people hand over, in minor units, per currency; others get 1-2-5 steps. */
const NOTES: Record<string, readonly number[]> = {
  CNY: [100, 500, 1_000, 2_000, 5_000, 10_000],
  HKD: [1_000, 2_000, 5_000, 10_000, 50_000, 100_000],
  EUR: [500, 1_000, 2_000, 5_000, 10_000, 20_000],
  GBP: [500, 1_000, 2_000, 5_000],
  USD: [100, 500, 1_000, 2_000, 5_000, 10_000],
  JPY: [1_000, 5_000, 10_000],
};
const OTHER_NOTES = [100, 500, 1_000, 2_000, 5_000, 10_000];
export const QUICK_KEYS = 4;

/**
 * The amounts a customer is likely to hand over for a bill: it rounded up to whole numbers of each note, smallest first.
 * The exact amount has a key of its own. Minor units in and out.
 */
export function quickCash(due: number, currency: string): number[] {
  if (!Number.isSafeInteger(due) || due <= 0) return [];
  const notes = NOTES[currency] ?? OTHER_NOTES;
  const amounts = notes.map((note) => Math.ceil(due / note) * note).filter((amount) => amount > due);
  const distinct = [...new Set(amounts)].filter(Number.isSafeInteger).sort((a, b) => a - b);
  if (distinct.length <= QUICK_KEYS) return distinct;
  // The largest note is the one most often handed over: keep it and the closest ones.
  return [...distinct.slice(0, QUICK_KEYS - 1), distinct[distinct.length - 1] as number];
}
