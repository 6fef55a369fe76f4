import { defineError, sum } from '@tessera/kernel/domain';
import { z } from 'zod';
import type { HeldCard } from './card';
import type { SoldLot } from './sell-plan';

const textSchema = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) });
const rule = { clause: textSchema, effect: z.enum(['block', 'warn']), text: textSchema };
const amountSchema = z.int().min(1);

/** What a country demands of prepaid cards: a file of `config/policies`. Amounts in minor units of its currency. */
export const cardPolicySchema = z.strictObject({
  code: z.string().min(1),
  currency: z.string().regex(/^[A-Z]{3}$/),
  name: textSchema,
  retentionYears: z.int().min(0),
  rules: z.array(
    z.discriminatedUnion('kind', [
      /** Principal and bonus on one card. */
      z.strictObject({ ...rule, kind: z.literal('balance-cap'), named: amountSchema, unnamed: amountSchema }),
      /** Cards for so much in one sale are not paid in cash. */
      z.strictObject({ ...rule, kind: z.literal('no-cash'), from: amountSchema }),
      /** What is paid may not run out. */
      z.strictObject({ ...rule, kind: z.literal('no-end') }),
      /** The buyer shows who he is, from so much on. */
      z.strictObject({ ...rule, kind: z.literal('real-name'), from: amountSchema }),
    ]),
  ),
});
export type CardPolicy = z.infer<typeof cardPolicySchema>;
type Rule = CardPolicy['rules'][number];

export interface PolicyFinding {
  policy: string;
  effect: Rule['effect'];
  name: CardPolicy['name'];
  clause: CardPolicy['name'];
  text: CardPolicy['name'];
}

export const cardPolicyBroken = defineError<{ findings: PolicyFinding[] }>('card_policy_broken', 422, ({ findings }) =>
  findings.map(({ clause, text }) => `${clause.en}: ${text.en}`).join(' '),
);

/** Cards that are about to be sold. `cash` = what of the sale is paid in cash; null = not known yet. */
export interface CardSale {
  currency: string;
  sold: readonly SoldLot[];
  cards: readonly HeldCard[];
  cash: number | null;
}

function balancesAfter({ sold, cards }: CardSale): number[] {
  const before = new Map(cards.map(({ id, lots }) => [id, sum(lots.map(({ principal, bonus }) => principal + bonus))]));
  const after = new Map<string, number>();
  for (const { cardId, principal, bonus } of sold) {
    after.set(cardId, (after.get(cardId) ?? before.get(cardId) ?? 0) + principal + bonus);
  }
  return [...after.values()];
}

function isBroken(wanted: Rule, sale: CardSale): boolean {
  const total = sum(sale.sold.map(({ principal }) => principal));
  switch (wanted.kind) {
    case 'balance-cap':
      return balancesAfter(sale).some((balance) => balance > wanted.named);
    case 'no-cash':
      return total >= wanted.from && (sale.cash ?? 0) > 0;
    case 'no-end':
      return sale.sold.some(({ validUntil }) => validUntil !== null);
    case 'real-name':
      return total >= wanted.from;
  }
}

/** What the policies of this currency say about a sale of cards; nothing when none is sold. */
export function judgeCardSale(policies: readonly CardPolicy[], sale: CardSale): PolicyFinding[] {
  if (sale.sold.length === 0) return [];
  return policies
    .filter(({ currency }) => currency === sale.currency)
    .flatMap(({ code, name, rules }) =>
      rules
        .filter((each) => isBroken(each, sale))
        .map(({ effect, clause, text }) => ({ policy: code, effect, name, clause, text })),
    );
}
