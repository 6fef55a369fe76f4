import { readFileSync } from 'node:fs';
import { parse as parseYaml } from 'yaml';
import { z } from 'zod';
import type { Denomination } from '../contracts';

const valuesSchema = z.array(z.int().min(1)).max(20);
const fileSchema = z.record(
  z.string().regex(/^[A-Z]{3}$/),
  z.strictObject({ notes: valuesSchema, coins: valuesSchema }),
);

const largestFirst = (values: readonly number[]): number[] => [...new Set(values)].sort((a, b) => b - a);

/**
 * Reads `config/denominations.yaml`: the coins and notes of each currency, notes first, largest first.
 * @throws with file and reason, so that a typing error stops the start
 */
export function readDenominations(file: string): ReadonlyMap<string, readonly Denomination[]> {
  const result = fileSchema.safeParse(parseYaml(readFileSync(file, 'utf8')));
  if (!result.success) throw new Error(`${file}: ${z.prettifyError(result.error)}`);
  const entries = Object.entries(result.data).map(([currency, { notes, coins }]): [string, Denomination[]] => [
    currency,
    [
      ...largestFirst(notes).map((value): Denomination => ({ value, form: 'note' })),
      ...largestFirst(coins).map((value): Denomination => ({ value, form: 'coin' })),
    ],
  ]);
  return new Map(entries);
}
