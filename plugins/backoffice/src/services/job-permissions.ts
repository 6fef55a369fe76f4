import type { PermissionDefinition } from '@tessera/access/domain';

const JOBS = {
  plugin: 'backoffice',
  module: { zh: '定时任务', en: 'Jobs' },
  isStoreScoped: false,
  canBeApproved: false,
  needsReason: false,
  limits: [],
  fields: [],
} satisfies Partial<PermissionDefinition>;

/** Work that the system does by itself: who sees whether it was done, and who may have it done now. */
export const JOB_PERMISSIONS: PermissionDefinition[] = [
  { ...JOBS, code: 'jobs.view', label: { zh: '查看定时任务', en: 'See jobs and their results' }, risk: 'low' },
  { ...JOBS, code: 'jobs.run', label: { zh: '立即运行定时任务', en: 'Run a job now' }, risk: 'medium' },
];
