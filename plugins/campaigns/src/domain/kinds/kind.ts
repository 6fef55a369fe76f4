import type { z } from 'zod';

/** A line that a coupon is for, at the price that the coupons before it have left. Money in minor units. */
export interface EligibleLine {
  quantity: number;
  amount: number;
}

/** What a coupon takes off each of its lines, in their order: none of it negative, none more than the line costs. */
export type TakeOff = (lines: readonly EligibleLine[]) => number[];

interface Definition<Args> {
  code: string;
  label: { zh: string; en: string };
  argsSchema: z.ZodType<Args>;
  takeOff(args: Args, lines: readonly EligibleLine[]): number[];
}

/** One kind of coupon. The template stores `{ kind, args }`; the form is drawn from `argsSchema`. */
export interface CouponKind {
  code: string;
  label: { zh: string; en: string };
  argsSchema: z.ZodType;
  /** Null: the arguments are not what this kind wants. */
  bind(args: unknown): TakeOff | null;
}

/** Makes a kind of its definition; its `takeOff` sees only arguments that its schema let through. */
export function couponKind<Args>({ takeOff, ...kind }: Definition<Args>): CouponKind {
  return {
    ...kind,
    bind(args) {
      const parsed = kind.argsSchema.safeParse(args);
      return parsed.success ? (lines) => takeOff(parsed.data, lines) : null;
    },
  };
}
