import { defineError, type InputIssue } from '@tessera/kernel/domain';
import { EARN_RULE_KINDS } from './earn-rules';

export const badEarnRule = defineError<{ issues: InputIssue[] }>(
  'bad_earn_rule',
  422,
  ({ issues }) => `The rule gives nothing: ${issues.map(({ path, message }) => `${path}: ${message}`).join('; ')}`,
);

/** The arguments as the kind wants them, defaults filled in. @throws bad_earn_rule (422) */
export function demandArgs(kindCode: string, args: unknown): unknown {
  const kind = EARN_RULE_KINDS.find(({ code }) => code === kindCode);
  if (!kind) throw badEarnRule({ issues: [{ path: 'kind', message: 'no such kind' }] });
  const parsed = kind.argsSchema.safeParse(args ?? {});
  if (parsed.success) return parsed.data;
  throw badEarnRule({
    issues: parsed.error.issues.map(({ path, message }) => ({ path: ['args', ...path].join('.'), message })),
  });
}
