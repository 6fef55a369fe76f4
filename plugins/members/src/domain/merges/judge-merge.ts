import {
  keptNotActive,
  memberAnonymised,
  memberMerged,
  mergeChained,
  mergeTooLate,
  mergeUndone,
  mergeWithItself,
} from './merge-refusals';

/** So long a merge can be taken back. */
export const UNDO_DAYS = 30;
const DAY_MS = 86_400_000;

/** One of two members that are to become one. */
export interface MergingMember {
  id: string;
  status: string;
  isArchived: boolean;
  /** Whom he was merged into; null = nobody. */
  keptId: string | null;
}

function refuseGone({ id, status, keptId }: MergingMember): void {
  if (status === 'anonymised') throw memberAnonymised({ memberId: id });
  if (status === 'merged') throw memberMerged({ memberId: id, keptId });
}

/**
 * May these two become one? A duplicate that has taken in others itself may: they all are the kept one then.
 * @throws merge_with_itself, kept_not_active (422), member_merged, member_anonymised (409)
 */
export function judgeMerge({ kept, duplicate }: { kept: MergingMember; duplicate: MergingMember }): void {
  if (kept.id === duplicate.id) throw mergeWithItself(undefined);
  refuseGone(kept);
  refuseGone(duplicate);
  if (kept.status !== 'active' || kept.isArchived)
    throw keptNotActive({ status: kept.isArchived ? 'archived' : kept.status });
}

/** The first instant at which a merge cannot be taken back any more, ISO-8601 UTC. */
export function undoableUntil(mergedAt: string): string {
  return new Date(Date.parse(mergedAt) + UNDO_DAYS * DAY_MS).toISOString();
}

export interface StandingMerge {
  mergedAt: string;
  isUndone: boolean;
  /** The one that was kept, as he is today. */
  kept: MergingMember;
}

/** @throws merge_undone, merge_too_late, merge_chained, member_anonymised (409) */
export function judgeUndo({ mergedAt, isUndone, kept }: StandingMerge, now: Date): void {
  if (isUndone) throw mergeUndone(undefined);
  if (now.toISOString() >= undoableUntil(mergedAt)) throw mergeTooLate({ mergedAt, days: UNDO_DAYS });
  if (kept.status === 'anonymised') throw memberAnonymised({ memberId: kept.id });
  if (kept.keptId !== null) throw mergeChained({ keptId: kept.keptId });
}
