import { useQuery } from '@tanstack/react-query';
import type { Resource, Row } from '@tessera/backoffice/contracts';
import { formatDay } from '../../components/instant';
import { http } from '../../providers/http';
import { titleOf, useResource } from '../../resources/schema';

export interface Option {
  value: string;
  label: string;
}

/** Sign-in accounts are no resource of the backoffice: they come whole, and are searched here. */
export async function readAccounts(term = ''): Promise<Option[]> {
  const { data } = await http.get<{ id: string; name: string; email: string }[]>('/api/access/accounts');
  const wanted = term.toLowerCase();
  return data
    .map(({ id, name, email }) => ({ value: id, label: `${name} · ${email}` }))
    .filter((option) => option.label.toLowerCase().includes(wanted));
}

/** A shift that is open has a till and a day, and no number yet. */
function nameOfRow(resource: Resource, row: Row): string {
  const title = titleOf(resource, row);
  return resource.resource === 'shifts' ? `${title} · ${formatDay(String(row['businessDay']))}` : title;
}

/** Named when drawn and not in the query: the name of a row changes with the language. */
export function nameFound(found: readonly (Row | Option)[], resource: Resource | null | undefined): Option[] {
  return found.map((item) =>
    'label' in item ? (item as Option) : { value: item.id, label: resource ? nameOfRow(resource, item) : item.id },
  );
}

/** What the records with these ids are called; one that the person may not see is not among them. */
export function useRelationNames(reference: string | undefined, ids: readonly string[]): Option[] {
  const resource = useResource(reference ?? '');
  const { data = [] } = useQuery({
    queryKey: ['relation-names', reference, resource?.resource, ...ids],
    enabled: ids.length > 0 && (reference === 'accounts' || !!resource),
    queryFn: async (): Promise<Row[] | Option[]> => {
      if (!resource) return (await readAccounts()).filter(({ value }) => ids.includes(value));
      const params = new URLSearchParams(ids.map((id) => ['id', id]));
      return (await http.get<Row[]>(`/api/backoffice/${resource.resource}`, { params })).data;
    },
  });
  return nameFound(data, resource);
}
