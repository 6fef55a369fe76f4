import { defineError, type InputIssue } from '@tessera/kernel/domain';
import { COUPON_KINDS } from './kinds';

export const badCouponTemplate = defineError<{ issues: InputIssue[] }>(
  'bad_coupon_template',
  422,
  ({ issues }) =>
    `The coupon takes nothing off: ${issues.map(({ path, message }) => `${path}: ${message}`).join('; ')}`,
);

/** The arguments as the kind wants them, defaults filled in. @throws bad_coupon_template (422) */
export function demandCouponArgs(kindCode: string, args: unknown): unknown {
  const kind = COUPON_KINDS.find(({ code }) => code === kindCode);
  if (!kind) throw badCouponTemplate({ issues: [{ path: 'kind', message: 'no such kind' }] });
  const parsed = kind.argsSchema.safeParse(args ?? {});
  if (parsed.success) return parsed.data;
  throw badCouponTemplate({
    issues: parsed.error.issues.map(({ path, message }) => ({ path: ['args', ...path].join('.'), message })),
  });
}
