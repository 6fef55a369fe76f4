import { useQuery } from '@tanstack/react-query';
import type { Field, Row } from '@tessera/backoffice/contracts';
import { Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { pick } from '../../providers/i18n';
import { http } from '../../providers/http';
import { useResource } from '../../resources/schema';
import { useDebounced } from '../../components/use-debounced';
import { nameFound, readAccounts, type Option } from './use-relation-names';

const PAGE = 30;

function useOptions(reference: string | undefined, term: string) {
  const resource = useResource(reference ?? '');
  const { data = [], isFetching } = useQuery({
    queryKey: ['options', reference, term, resource?.resource],
    enabled: reference === 'accounts' || !!resource,
    queryFn: async (): Promise<Row[] | Option[]> => {
      if (reference === 'accounts') return readAccounts(term);
      if (!resource) return [];
      const params = { _start: 0, _end: PAGE, ...(term ? { q: term } : {}) };
      return (await http.get<Row[]>(`/api/backoffice/${resource.resource}`, { params })).data;
    },
  });
  return { options: nameFound(data, resource), isFetching };
}

interface RelationSelectProps {
  id?: string;
  field: Field;
  value?: string | string[] | null;
  onChange?: (value: string | string[] | null) => void;
  /** What the values are called before they are found by searching. */
  known?: Option[];
  /** One value even where the field takes several, e.g. in a filter. */
  isSingle?: boolean;
}

/** Picks records of another resource, found while typing. */
export function RelationSelect({ id, field, value, onChange, known = [], isSingle = false }: RelationSelectProps) {
  const { t } = useTranslation();
  const [term, setTerm] = useState('');
  const { options, isFetching } = useOptions(field.reference, useDebounced(term, 250));
  const missing = known.filter((option) => !options.some((found) => found.value === option.value));
  const isMultiple = field.type === 'relations' && !isSingle;
  return (
    <Select<string | string[] | null>
      id={id}
      aria-label={pick(field.label)}
      {...(isMultiple ? { mode: 'multiple' as const } : {})}
      showSearch
      allowClear={!field.isRequired || isSingle}
      filterOption={false}
      onSearch={setTerm}
      loading={isFetching}
      value={value ?? (isMultiple ? [] : null)}
      onChange={(next) => onChange?.(next ?? null)}
      options={[...(term ? [] : missing), ...options]}
      placeholder={t('fields.choose')}
      notFoundContent={isFetching ? t('shell.loading') : t('fields.nothingFound')}
      style={{ width: '100%' }}
    />
  );
}
