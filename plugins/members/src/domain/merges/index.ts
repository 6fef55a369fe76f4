export { judgeMerge, judgeUndo, undoableUntil, UNDO_DAYS, type MergingMember, type StandingMerge } from './judge-merge';
export {
  keptNotActive,
  memberAnonymised,
  memberMerged,
  mergeChained,
  mergeTooLate,
  mergeUndone,
  mergeWithItself,
} from './merge-refusals';
