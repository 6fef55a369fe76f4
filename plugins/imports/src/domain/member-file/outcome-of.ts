import type { Judgement } from './judge-row';
import type { MemberOutcomeCode } from './outcomes';

const OUTCOME = {
  create: 'member-created',
  update: 'member-updated',
  unchanged: 'member-unchanged',
  skip: 'member-skipped',
} as const;

/** Under which outcome a row is counted: a faulty one under its first fault. */
export function outcomeOf(judgement: Judgement): MemberOutcomeCode {
  return judgement.kind === 'fault' ? (judgement.faults[0]?.code ?? 'bad-row') : OUTCOME[judgement.kind];
}
