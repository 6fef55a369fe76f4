import type { Row } from '@tessera/backoffice/contracts';
import { COUPON_KINDS } from '@tessera/campaigns/domain';
import { EARN_RULE_KINDS } from '@tessera/points/domain';
import { ruleFields } from './rule-fields';

const KINDS: Readonly<Record<string, typeof EARN_RULE_KINDS | typeof COUPON_KINDS>> = {
  'earn-rules': EARN_RULE_KINDS,
  'coupon-templates': COUPON_KINDS,
};

/** What keeps a rule from being applied: nobody knows its kind, or these of its arguments are not what the kind wants. */
export type RuleProblem = { reason: 'unknownKind' } | { reason: 'badArgs'; labels: { zh: string; en: string }[] };

/** Does a stored rule or template apply at all? By the server's own schemas. Null: it does, or the row does not tell. */
export function ruleProblem(resource: string, row: Row): RuleProblem | null {
  const kinds = KINDS[resource];
  const code = row['kind'];
  if (!kinds || typeof code !== 'string' || row['args'] === undefined) return null;
  const kind = kinds.find((each) => each.code === code);
  if (!kind) return { reason: 'unknownKind' };
  const parsed = kind.argsSchema.safeParse(row['args']);
  if (parsed.success) return null;
  const wrong = new Set(parsed.error.issues.map(({ path }) => String(path[0] ?? '')));
  const fields = ruleFields(code).filter(({ name }) => wrong.has(name));
  return { reason: 'badArgs', labels: fields.map(({ label }) => label) };
}
