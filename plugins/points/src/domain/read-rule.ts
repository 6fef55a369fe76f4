import { EARN_RULE_KINDS } from './earn-rules';
import type { Evaluate } from './earn-rules/kind';

/** An earn rule as the database has it. */
export interface StoredRule {
  code: string;
  nameZh: string;
  nameEn: string;
  kind: string;
  args: unknown;
  validFrom: string | null;
  validUntil: string | null;
  /** documentIds; none = everywhere. */
  storeIds: string[];
}

/** A rule that can be asked: its kind is known and its arguments are what the kind wants. */
export interface EarnRule {
  code: string;
  label: { zh: string; en: string };
  validFrom: string | null;
  validUntil: string | null;
  storeIds: readonly string[];
  evaluate: Evaluate;
}

export type ReadRule = { rule: EarnRule } | { problem: { code: string; reason: 'unknown_kind' | 'bad_args' } };

/** Binds a stored rule to its kind. What cannot be bound does not apply, and says why. */
export function readRule(stored: StoredRule): ReadRule {
  const { code, nameZh, nameEn, validFrom, validUntil, storeIds } = stored;
  const kind = EARN_RULE_KINDS.find((each) => each.code === stored.kind);
  if (!kind) return { problem: { code, reason: 'unknown_kind' } };
  const evaluate = kind.bind(stored.args);
  if (!evaluate) return { problem: { code, reason: 'bad_args' } };
  return { rule: { code, label: { zh: nameZh, en: nameEn }, validFrom, validUntil, storeIds, evaluate } };
}

/** Does a rule hold in this store at this instant? `validUntil` is the first instant at which it does not. */
export function isInForce(rule: EarnRule, { storeId, now }: { storeId: string; now: Date }): boolean {
  const at = now.toISOString();
  if (rule.validFrom !== null && at < rule.validFrom) return false;
  if (rule.validUntil !== null && at >= rule.validUntil) return false;
  return rule.storeIds.length === 0 || rule.storeIds.includes(storeId);
}
