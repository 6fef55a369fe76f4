import type { PermissionDefinition } from '../domain/policy';

const MODULE = { en: 'Permissions', zh: '权限' };
const PLAIN = { plugin: 'access', module: MODULE, limits: [], canBeApproved: false, needsReason: false, fields: [] };

/** Fields of the trail that somebody may be shown or not. What a record was like may hold a member's phone. */
const AUDIT_FIELDS = [
  'at',
  'staffId',
  'staffName',
  'roles',
  'store',
  'action',
  'subjectType',
  'subjectId',
  'fields',
  'amount',
  'effect',
  'rule',
  'policyVersion',
  'reason',
  'before',
  'after',
].map((name) => ({ name, isPersonal: name === 'before' || name === 'after' }));

/** What access itself lets people do. */
export const ACCESS_PERMISSIONS: PermissionDefinition[] = [
  { ...PLAIN, code: 'roles.view', label: { en: 'See roles', zh: '查看岗位' }, risk: 'low', isStoreScoped: false },
  {
    ...PLAIN,
    code: 'assignments.view',
    label: { en: 'See who holds which role', zh: '查看任命' },
    risk: 'medium',
    isStoreScoped: true,
  },
  {
    ...PLAIN,
    code: 'assignments.manage',
    label: { en: 'Give people roles', zh: '任命员工' },
    risk: 'critical',
    isStoreScoped: true,
  },
  {
    ...PLAIN,
    code: 'audit.view',
    label: { en: 'Read the audit trail', zh: '查看审计记录' },
    risk: 'medium',
    isStoreScoped: true,
    fields: AUDIT_FIELDS,
  },
];
