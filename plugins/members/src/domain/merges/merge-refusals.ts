import { defineError } from '@tessera/kernel/domain';

export const mergeWithItself = defineError('merge_with_itself', 422, 'A member is not merged with himself');
export const memberMerged = defineError<{ memberId: string; keptId: string | null }>(
  'member_merged',
  409,
  'The member was merged into another one',
);
export const memberAnonymised = defineError<{ memberId: string }>(
  'member_anonymised',
  409,
  'The member asked to be forgotten: there is nobody left to act for',
);
export const keptNotActive = defineError<{ status: string }>(
  'kept_not_active',
  422,
  ({ status }) => `The member to keep is ${status}`,
);
export const mergeTooLate = defineError<{ mergedAt: string; days: number }>(
  'merge_too_late',
  409,
  ({ days }) => `A merge is taken back within ${days} days`,
);
export const mergeUndone = defineError('merge_undone', 409, 'The merge was taken back before');
export const mergeChained = defineError<{ keptId: string }>(
  'merge_chained',
  409,
  'The member that was kept was merged into another one since: take that back first',
);
