import type { Role } from '@tessera/access/contracts';
import i18next from 'i18next';
import { formatMoney, formatRate } from '../../components/money';
import { pick } from '../../providers/i18n';
import type { Permission } from '../../resources/permission-catalogue';

type Grant = Role['grants'][number];

export interface ModuleSentence {
  module: string;
  sentence: string;
}

function join(parts: readonly string[]): string {
  return parts.join(i18next.t('refusal.separator'));
}

function limitText(permission: Permission, grant: Grant, currency: string): string {
  const texts = permission.limits.map(({ key, unit, label }) => {
    const limit = grant.limits?.[key];
    if (limit === null) return i18next.t('roles.unlimited');
    const amount = limit ?? 0;
    const shown =
      unit === 'minor' ? formatMoney(amount, currency) : unit === 'basis-points' ? formatRate(amount) : String(amount);
    return i18next.t('roles.upTo', { limit: pick(label), amount: shown });
  });
  const beyond = grant.beyondLimit === 'approve' ? [i18next.t('roles.moreWithApproval')] : [];
  return texts.length > 0 ? i18next.t('roles.brackets', { text: join([...texts, ...beyond]) }) : '';
}

function scopeText(permission: Permission, grant: Grant): string {
  const own = grant.ownRecordsOnly ? [i18next.t('roles.ownRecords')] : [];
  const scope = permission.isStoreScoped ? [i18next.t(`roles.scopes.${grant.scope}`)] : [];
  return join([...scope, ...own]);
}

/** Personal fields that the grant leaves out or masks, by their names in the resource. */
function unseen(
  permission: Permission,
  grant: Grant,
  fieldLabel: (permission: string, field: string) => string,
): string[] {
  if (!permission.code.endsWith('.view') && permission.code !== 'members.lookup') return [];
  const personal = permission.fields.filter((field) => field.isPersonal);
  return personal
    .filter((field) => grant.read?.[field.name] !== 'clear')
    .map((field) => fieldLabel(permission.code, field.name));
}

/**
 * A role as a job description: one sentence per module, made from its grants. Acts with the same reach stand together;
 * limits stand in brackets behind the act; personal data that the role does not see is named at the end.
 */
export function describeRole({
  grants,
  catalogue,
  currency,
  fieldLabel,
}: {
  grants: readonly Grant[];
  catalogue: readonly Permission[];
  currency: string;
  fieldLabel: (permission: string, field: string) => string;
}): ModuleSentence[] {
  const byCode = new Map(catalogue.map((permission) => [permission.code, permission]));
  const modules = new Map<string, Map<string, string[]>>();
  const hidden = new Map<string, Set<string>>();
  for (const grant of grants) {
    const permission = byCode.get(grant.permission);
    if (!permission) continue;
    const module = pick(permission.module);
    const reaches = modules.get(module) ?? new Map<string, string[]>();
    const reach = scopeText(permission, grant);
    reaches.set(reach, [
      ...(reaches.get(reach) ?? []),
      `${pick(permission.label)}${limitText(permission, grant, currency)}`,
    ]);
    modules.set(module, reaches);
    const left = hidden.get(module) ?? new Set<string>();
    for (const field of unseen(permission, grant, fieldLabel)) left.add(field);
    hidden.set(module, left);
  }
  return [...modules].map(([module, reaches]) => {
    const acts = [...reaches].map(([reach, labels]) =>
      reach ? i18next.t('roles.mayIn', { acts: join(labels), reach }) : i18next.t('roles.may', { acts: join(labels) }),
    );
    const left = [...(hidden.get(module) ?? [])];
    const without = left.length > 0 ? [i18next.t('roles.without', { fields: join(left) })] : [];
    return { module, sentence: [...acts, ...without].join(i18next.t('roles.sentenceSeparator')) };
  });
}
