/** A quantity or an amount of money in thousandths; exact, where a float of the same text would not be. */
export type Thousandths = number;

const DECIMAL = /^(-?)(\d{1,12})(?:\.(\d+))?$/;

/** `2.55` → 2550, `-0.001` → −1. @returns null when it is no number, or finer than a thousandth. */
export function parseThousandths(text: string): Thousandths | null {
  const match = DECIMAL.exec(text.trim());
  if (!match) return null;
  const [, sign, whole = '', decimals = ''] = match;
  const kept = decimals.replace(/0+$/, '');
  if (kept.length > 3) return null;
  const magnitude = Number(whole) * 1_000 + Number(kept.padEnd(3, '0'));
  return sign && magnitude !== 0 ? -magnitude : magnitude;
}

/** `6`, `-12`, `6.0` → an integer. @returns null when it is none. */
export function parseCount(text: string): number | null {
  const thousandths = parseThousandths(text);
  if (thousandths === null || thousandths % 1_000 !== 0) return null;
  return thousandths / 1_000;
}

/** `9747747934` → `9,747,747.934`. */
export function formatThousandths(amount: Thousandths): string {
  const magnitude = Math.abs(amount);
  const whole = String(Math.floor(magnitude / 1_000)).replace(/\B(?=(\d{3})+$)/g, ',');
  return `${amount < 0 ? '-' : ''}${whole}.${String(magnitude % 1_000).padStart(3, '0')}`;
}
