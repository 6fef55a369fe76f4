import type { z } from 'zod';
import type { EarnEffect, EarningSale } from '../earning';

/** `earnedToday`: points the rule has given the member on this business day. Null = does not apply to this sale. */
export type Evaluate = (sale: EarningSale, history: { earnedToday: number }) => EarnEffect | null;

interface Definition<Args> {
  code: string;
  label: { zh: string; en: string };
  argsSchema: z.ZodType<Args>;
  evaluate(args: Args, ...about: Parameters<Evaluate>): EarnEffect | null;
}

/** One kind of earn rule. The database stores `{ kind, args }`; the form is drawn from `argsSchema`. */
export interface EarnRuleKind {
  code: string;
  label: { zh: string; en: string };
  argsSchema: z.ZodType;
  /** Null: the arguments are not what this kind wants. */
  bind(args: unknown): Evaluate | null;
}

/** Makes a kind of its definition; its `evaluate` sees only arguments that its schema let through. */
export function earnRuleKind<Args>({ evaluate, ...kind }: Definition<Args>): EarnRuleKind {
  return {
    ...kind,
    bind(args) {
      const parsed = kind.argsSchema.safeParse(args);
      return parsed.success ? (sale, history) => evaluate(parsed.data, sale, history) : null;
    },
  };
}

/** A gift for the purchase as a whole: each line has its part by what was paid for it. Null: only cards were bought. */
export function giftOf(points: number, { lines, counted }: EarningSale): EarnEffect | null {
  return counted === 0 ? null : { kind: 'gift', points, weights: lines.map((line) => line.counted) };
}
