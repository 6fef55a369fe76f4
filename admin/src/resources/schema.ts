import { useQuery } from '@tanstack/react-query';
import type { Field, Resource, Row } from '@tessera/backoffice/contracts';
import i18next from 'i18next';
import { http } from '../providers/http';
import { useMe } from '../providers/me';

async function readSchema(): Promise<Resource[]> {
  const { data } = await http.get<{ resources: Resource[] }>('/api/backoffice/schema');
  return data.resources;
}

/** What this person may see of every resource: asked again whenever the policy changes. */
export function useResources() {
  const version = useMe()?.policyVersion;
  return useQuery({
    queryKey: ['backoffice-schema', version],
    queryFn: readSchema,
    staleTime: Infinity,
    enabled: version !== undefined,
  });
}

/** undefined while it loads; null when the person sees nothing of it. */
export function useResource(name: string): Resource | null | undefined {
  const { data, isError } = useResources();
  if (isError) return null;
  return data && (data.find((resource) => resource.resource === name) ?? null);
}

/** Key of a field in rows, filters and bodies: relations are ids. */
export function keyOf(field: Pick<Field, 'name' | 'type'>): string {
  if (field.type === 'relation') return `${field.name}Id`;
  return field.type === 'relations' ? `${field.name}Ids` : field.name;
}

/** Records of the books that a list may be narrowed to by their id: they are named as what a relation points to is. */
const NAMED_RECORDS: Readonly<Record<string, string>> = { shiftId: 'shifts' };

/** The resource whose records the values of a field stand for. */
export const referenceOf = ({ name, reference }: Field): string | undefined => reference ?? NAMED_RECORDS[name];

/** What the records that a relation points to are called; one that the person may not see has no name. */
export function relationLabels(field: Pick<Field, 'name' | 'type'>, row: Row): (string | null)[] {
  const key = field.type === 'relations' ? `${field.name}Labels` : `${field.name}Label`;
  const labels = [row[key] ?? []].flat() as (Partial<Record<'zh' | 'en', string | null>> | string | null)[];
  return labels.map((label) => {
    if (label === null || typeof label === 'string') return label;
    return (i18next.language === 'en' ? label.en : label.zh) ?? label.en ?? label.zh ?? null;
  });
}

/** What names a row in the language of the screen. */
export function titleOf(resource: Resource, row: Row): string {
  const field = i18next.language === 'en' ? resource.title.en : resource.title.zh;
  const title = row[field] ?? row['name'] ?? row['code'] ?? row['memberNo'] ?? row.id;
  return String(title);
}

export function isRelation(field: Field): boolean {
  return field.type === 'relation' || field.type === 'relations';
}
