import { described } from '@tessera/backoffice/domain';
import { scale } from '@tessera/kernel/domain';
import { z } from 'zod';
import { couponKind, type EligibleLine } from './kind';

const argsSchema = z.strictObject({
  pieces: described(z.int().min(1).max(100).default(1), {
    label: { zh: '免费件数', en: 'Free pieces' },
    unit: 'count',
  }),
});

/** Which piece is cheaper, compared without dividing. */
function byUnitPrice(a: EligibleLine, b: EligibleLine): number {
  return a.amount * b.quantity - b.amount * a.quantity;
}

/** So many pieces of its goods for nothing: the cheapest of those in the cart that cost anything. */
export const freeItem = couponKind({
  code: 'free-item',
  label: { zh: '免费赠品', en: 'Free item' },
  argsSchema,
  takeOff({ pieces }, lines) {
    const taken = lines.map(() => 0);
    let left = pieces;
    const cheapestFirst = lines
      .map((line, index) => ({ line, index }))
      .filter(({ line }) => line.amount > 0)
      .sort((a, b) => byUnitPrice(a.line, b.line) || a.index - b.index);
    for (const { line, index } of cheapestFirst) {
      const free = Math.min(left, line.quantity);
      taken[index] = scale(line.amount, free, line.quantity);
      left -= free;
      if (left === 0) break;
    }
    return taken;
  },
});
