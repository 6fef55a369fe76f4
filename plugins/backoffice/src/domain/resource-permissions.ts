import type { LimitDefinition, LocalizedText, PermissionDefinition, Risk } from '@tessera/access/domain';
import type { ResourceDefinition } from './resource';

export type Act = 'view' | 'create' | 'change' | 'delete' | 'export';

const VERBS: Record<Act, LocalizedText> = {
  view: { en: 'See', zh: '查看' },
  create: { en: 'Create', zh: '新建' },
  change: { en: 'Change', zh: '修改' },
  delete: { en: 'Delete', zh: '删除' },
  export: { en: 'Export', zh: '导出' },
};

function riskOf(resource: string, act: Act): Risk {
  if (act === 'export') return 'critical';
  if (act === 'view') return resource === 'members' || resource === 'staff' ? 'medium' : 'low';
  return act === 'delete' || resource === 'staff' ? 'high' : 'medium';
}

const ROWS: LimitDefinition = { key: 'rows', unit: 'count', label: { en: 'Rows at a time', zh: '单次行数' } };

function actsOf({ isExportable }: ResourceDefinition): Act[] {
  return (Object.keys(VERBS) as Act[]).filter((act) => act !== 'export' || isExportable);
}

/** The permissions of a resource: four, and to take its rows along where that is foreseen. Reading names every field; writing only those that a person may set at all. */
export function resourcePermissions(definition: ResourceDefinition): PermissionDefinition[] {
  const { resource, permission, label, store, fields } = definition;
  const fieldsOf: Record<Act, typeof fields> = {
    view: fields,
    create: fields.filter((field) => !field.isReadOnly),
    change: fields.filter((field) => !field.isReadOnly),
    delete: [],
    // What is taken along is what may be viewed, as it may be viewed.
    export: [],
  };
  return actsOf(definition).map((act) => ({
    code: `${permission}.${act}`,
    plugin: 'backoffice',
    label: { en: `${VERBS[act].en} ${label.en.toLowerCase()}`, zh: `${VERBS[act].zh}${label.zh}` },
    module: label,
    risk: riskOf(resource, act),
    isStoreScoped: store.kind !== 'none',
    limits: act === 'export' ? [ROWS] : [],
    canBeApproved: act === 'export',
    needsReason: act === 'export',
    fields: fieldsOf[act].map(({ name, isPersonal }) => ({ name, isPersonal })),
  }));
}
