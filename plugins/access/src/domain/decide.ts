import type {
  AccessRequest,
  Decision,
  Effect,
  Policy,
  PolicyPermission,
  Reason,
  RecordFacts,
  RowRule,
  Visibility,
} from './policy';
import { canWrite, definitionOf, limitOf, reaches, rulesFor, visibilityOf, type Rule } from './rules';

/** Ordered from worst to best, so that "best of" and "worst of" are max and min. */
const EFFECTS: readonly Effect[] = ['deny', 'approve', 'allow'];
const VISIBILITIES: readonly Visibility[] = ['hidden', 'masked', 'clear'];

function best<Value>(order: readonly Value[], values: readonly Value[]): Value {
  return order[Math.max(0, ...values.map((value) => order.indexOf(value)))] as Value;
}

function worst<Value>(order: readonly Value[], values: readonly Value[]): Value {
  return order[Math.min(...values.map((value) => order.indexOf(value)))] as Value;
}

/** What the rules that admit one record (or, without records, any row) permit together. */
interface Verdict {
  effect: Effect;
  read: Record<string, Visibility>;
  write: string[];
  reasons: Reason[];
  rule: string;
}

function ruleName(rule: Rule): string {
  return `${rule.role.code}/${rule.assignment.id}`;
}

function admits(policy: Policy, rule: Rule, record: RecordFacts): Reason | null {
  const about = { assignmentId: rule.assignment.id, roleCode: rule.role.code };
  const isInScope = rule.stores === 'all' || (record.storeId !== null && rule.stores.includes(record.storeId));
  if (!isInScope) return { code: 'outside_scope', ...about };
  if (rule.ownRecordsOnly && record.staffId !== policy.staffId) return { code: 'not_own_record', ...about };
  return null;
}

/** Compares what is asked with the limits of one rule. */
function checkAmounts(definition: PolicyPermission, rule: Rule, amounts: Record<string, number>): Reason[] {
  const reasons: Reason[] = [];
  for (const [key, asked] of Object.entries(amounts)) {
    const allowed = definition.limits.includes(key) ? limitOf(rule.grant, key) : 0;
    if (Number.isFinite(asked) && asked <= allowed) continue;
    const limit = { key, allowed, asked };
    reasons.push({ code: 'above_limit', assignmentId: rule.assignment.id, roleCode: rule.role.code, limit });
  }
  return reasons;
}

function effectOfAmounts(definition: PolicyPermission, rule: Rule, breaches: readonly Reason[]): Effect {
  if (breaches.length === 0) return 'allow';
  // Nobody can consent to an amount that is no number or that nobody declared.
  const isAskable = breaches.every(
    ({ limit }) => limit && definition.limits.includes(limit.key) && Number.isFinite(limit.asked),
  );
  return isAskable && definition.canBeApproved && rule.grant.beyondLimit === 'approve' ? 'approve' : 'deny';
}

function readUnion(definition: PolicyPermission, rules: readonly Rule[]): Record<string, Visibility> {
  const entries = definition.fields.map((field): [string, Visibility] => [
    field,
    best(
      VISIBILITIES,
      rules.map((rule) => visibilityOf(definition, rule.grant, field)),
    ),
  ]);
  return Object.fromEntries(entries);
}

function shown(read: Record<string, Visibility>, field: string): Visibility {
  return (Object.hasOwn(read, field) && read[field]) || 'hidden';
}

/**
 * Sorting, filtering or searching by a field answers only about rows where it is clear, or the answer would leak it:
 * keeps the rules whose every row shows all these fields.
 */
function answerable(definition: PolicyPermission, rules: readonly Rule[], query: readonly string[]): Rule[] {
  return rules.filter((rule) =>
    query.every((field) =>
      rules.some((other) => visibilityOf(definition, other.grant, field) === 'clear' && reaches(other, rule)),
    ),
  );
}

function leakingFields(definition: PolicyPermission, rules: readonly Rule[], query: readonly string[]): string[] {
  if (answerable(definition, rules, query).length > 0) return [];
  const alone = query.filter((field) => answerable(definition, rules, [field]).length === 0);
  return alone.length > 0 ? alone : [...query];
}

function checkFields(definition: PolicyPermission, verdict: Verdict, request: AccessRequest, rules: Rule[]): Reason[] {
  const { read = [], write = [], query = [] } = request.fields ?? {};
  const hidden = read.filter((field) => shown(verdict.read, field) === 'hidden');
  const leaking = leakingFields(definition, rules, query);
  const closed = write.filter((field) => !verdict.write.includes(field));
  return [
    ...[...hidden, ...leaking].map((field): Reason => ({ code: 'field_hidden', field })),
    ...closed.map((field): Reason => ({ code: 'field_read_only', field })),
  ];
}

function judge(definition: PolicyPermission, rules: Rule[], refused: Reason[], request: AccessRequest): Verdict {
  const denied: Verdict = {
    effect: 'deny',
    read: {},
    write: [],
    reasons: refused,
    rule: refused[0]?.code ?? 'no_grant',
  };
  if (rules.length === 0) return denied;
  const outcomes = rules.map((rule) => {
    const breaches = checkAmounts(definition, rule, request.amounts ?? {});
    return { rule, breaches, effect: effectOfAmounts(definition, rule, breaches) };
  });
  const effect = best(
    EFFECTS,
    outcomes.map((outcome) => outcome.effect),
  );
  const winner = outcomes.find((outcome) => outcome.effect === effect);
  if (!winner) return denied;
  const granted: Reason = { code: 'granted', assignmentId: winner.rule.assignment.id, roleCode: winner.rule.role.code };
  const verdict: Verdict = {
    effect,
    read: readUnion(definition, rules),
    write: definition.fields.filter((field) => rules.some((rule) => canWrite(definition, rule.grant, field))),
    reasons: effect === 'allow' ? [granted] : winner.breaches,
    rule: effect === 'deny' ? 'above_limit' : ruleName(winner.rule),
  };
  const problems = checkFields(definition, verdict, request, rules);
  if (problems.length === 0) return verdict;
  return { ...verdict, effect: 'deny', reasons: problems, rule: problems[0]?.code ?? 'field_hidden' };
}

function judgeRecord(
  policy: Policy,
  definition: PolicyPermission,
  rules: Rule[],
  record: RecordFacts,
  request: AccessRequest,
): Verdict {
  const refused: Reason[] = [];
  const admitting = rules.filter((rule) => {
    const reason = admits(policy, rule, record);
    if (reason) refused.push(reason);
    return reason === null;
  });
  return judge(definition, admitting, refused, request);
}

/** Every record must be permitted by itself; what is permitted for all of them is what each permits. */
function combine(verdicts: Verdict[]): Verdict {
  const effect = worst(
    EFFECTS,
    verdicts.map((verdict) => verdict.effect),
  );
  const decisive = verdicts.find((verdict) => verdict.effect === effect) as Verdict;
  const fields = Object.keys(decisive.read);
  return {
    effect,
    read: Object.fromEntries(
      fields.map((field): [string, Visibility] => [
        field,
        worst(
          VISIBILITIES,
          verdicts.map((verdict) => shown(verdict.read, field)),
        ),
      ]),
    ),
    write: decisive.write.filter((field) => verdicts.every((verdict) => verdict.write.includes(field))),
    reasons: decisive.reasons,
    rule: decisive.rule,
  };
}

function visibleOnly(read: Record<string, Visibility>): Record<string, 'clear' | 'masked'> {
  const entries = Object.entries(read).filter((entry): entry is [string, 'clear' | 'masked'] => entry[1] !== 'hidden');
  return Object.fromEntries(entries);
}

function rowRules(policy: Policy, definition: PolicyPermission, rules: readonly Rule[]): RowRule[] {
  return rules
    .filter((rule) => rule.stores === 'all' || rule.stores.length > 0)
    .map((rule) => ({
      stores: rule.stores,
      ...(rule.ownRecordsOnly ? { staffId: policy.staffId } : {}),
      read: visibleOnly(readUnion(definition, [rule])),
    }));
}

function obligationsOf(definition: PolicyPermission, effect: Effect): Decision['obligations'] {
  const isRisky = definition.risk === 'high' || definition.risk === 'critical';
  const obligations: Decision['obligations'] = isRisky || effect !== 'allow' ? ['record'] : [];
  return definition.needsReason ? [...obligations, 'reason'] : obligations;
}

function denyAll(policy: Policy, request: AccessRequest, reasons: Reason[]): Decision {
  return {
    effect: 'deny',
    permission: request.permission,
    rows: [],
    read: {},
    write: [],
    obligations: ['record'],
    reasons,
    rule: reasons[0]?.code ?? 'no_grant',
    policyVersion: policy.version,
  };
}

/**
 * May this person do that? The one answer to it, everywhere: routes, lists, till, browser, simulation.
 * Pure and total: every input has an answer, and no answer means deny.
 *
 * A rule is one grant in one assignment that holds now. A record is judged by the rules that admit it (store, own
 * records): together they show and open fields; the amounts must fit one of them. Several records (before and after a
 * change, a record and what it names) must each be permitted. Without records the answer is about the act as such:
 * `rows` then filters a list (to where `fields.query` is clear), and `read` is the most that any row may show.
 */
export function decide(policy: Policy, request: AccessRequest): Decision {
  const definition = definitionOf(policy, request.permission);
  if (!definition || Number.isNaN(request.now.getTime())) return denyAll(policy, request, [{ code: 'no_grant' }]);
  const { rules, notNow } = rulesFor(policy, request.permission, request.now);
  if (rules.length === 0) {
    const reasons = notNow.map((assignment): Reason => ({ code: 'not_valid_now', assignmentId: assignment.id }));
    return denyAll(policy, request, reasons.length > 0 ? reasons : [{ code: 'no_grant' }]);
  }
  const records = request.records ?? [];
  const verdict =
    records.length === 0
      ? judge(definition, rules, [], request)
      : combine(records.map((record) => judgeRecord(policy, definition, rules, record, request)));
  return {
    effect: verdict.effect,
    permission: request.permission,
    rows: rowRules(policy, definition, answerable(definition, rules, request.fields?.query ?? [])),
    read: visibleOnly(verdict.read),
    write: verdict.write,
    obligations: obligationsOf(definition, verdict.effect),
    reasons: verdict.reasons,
    rule: verdict.rule,
    policyVersion: policy.version,
  };
}
