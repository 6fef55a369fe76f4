import type { LocalizedText, PermissionDefinition, Risk } from '@tessera/access/domain';
import type { ResourceDefinition } from './resource';

export type Act = 'view' | 'create' | 'change' | 'delete';

const VERBS: Record<Act, LocalizedText> = {
  view: { en: 'See', zh: '查看' },
  create: { en: 'Create', zh: '新建' },
  change: { en: 'Change', zh: '修改' },
  delete: { en: 'Delete', zh: '删除' },
};

function riskOf(resource: string, act: Act): Risk {
  if (act === 'view') return resource === 'members' || resource === 'staff' ? 'medium' : 'low';
  return act === 'delete' || resource === 'staff' ? 'high' : 'medium';
}

/** The four permissions of a resource. Reading names every field; writing only those that a person may set at all. */
export function resourcePermissions(definition: ResourceDefinition): PermissionDefinition[] {
  const { resource, permission, label, store, fields } = definition;
  const fieldsOf: Record<Act, typeof fields> = {
    view: fields,
    create: fields.filter((field) => !field.isReadOnly),
    change: fields.filter((field) => !field.isReadOnly),
    delete: [],
  };
  return (Object.keys(VERBS) as Act[]).map((act) => ({
    code: `${permission}.${act}`,
    plugin: 'backoffice',
    label: { en: `${VERBS[act].en} ${label.en.toLowerCase()}`, zh: `${VERBS[act].zh}${label.zh}` },
    module: label,
    risk: riskOf(resource, act),
    isStoreScoped: store.kind !== 'none',
    limits: [],
    canBeApproved: false,
    needsReason: false,
    fields: fieldsOf[act].map(({ name, isPersonal }) => ({ name, isPersonal })),
  }));
}
