import type { PermissionDefinition } from '@tessera/access/domain';

const PLAIN = {
  plugin: 'imports',
  module: { en: 'Imports', zh: '数据导入' },
  isStoreScoped: false,
  limits: [],
  canBeApproved: false,
  needsReason: false,
  fields: [],
};

/** History is written without a till, so who may do it is held as tightly as who may give roles. */
export const IMPORT_PERMISSIONS: PermissionDefinition[] = [
  { ...PLAIN, code: 'imports.run', label: { en: 'Import history from files', zh: '导入历史数据' }, risk: 'critical' },
  {
    ...PLAIN,
    code: 'members.import',
    module: { en: 'Members', zh: '会员' },
    label: { en: 'Import members from a file', zh: '从文件导入会员' },
    risk: 'critical',
    // Which stores' members, together with the permissions to create and to change members.
    isStoreScoped: true,
  },
  { ...PLAIN, code: 'imports.view', label: { en: 'See imports and their reports', zh: '查看导入与报告' }, risk: 'low' },
];
