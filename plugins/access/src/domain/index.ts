export * from './policy';
export { decide } from './decide';
export { aboveCeiling, widenedBy, type Giving } from './ceiling';
export { planRoleSync, type RoleSyncPlan } from './role-sync';
export type { RefusalDetails } from './errors';
