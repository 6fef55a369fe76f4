import type { Core } from '@strapi/strapi';
import { kernel, type JobDefinition } from '@tessera/kernel/public';
import { UNDO_DAYS } from '../../domain';
import { dropMergeProfiles } from '../../store/merge-store';

const DAY_MS = 86_400_000;

/** Two profiles are kept for the undo of a merge; they are of persons, so they go once it cannot be undone any more. */
export function mergeProfilesJob(strapi: Core.Strapi): JobDefinition {
  return {
    code: 'drop-merge-profiles',
    label: { zh: '清除已过撤销期的合并资料', en: 'Drop profiles that merges kept for their undo' },
    figures: { merges: { zh: '次合并', en: 'merges' } },
    cron: '50 3 * * *',
    run: async ({ now }) => ({
      merges: await dropMergeProfiles(kernel(strapi).database, new Date(now.getTime() - UNDO_DAYS * DAY_MS)),
    }),
  };
}
