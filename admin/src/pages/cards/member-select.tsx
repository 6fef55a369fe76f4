import { useQuery } from '@tanstack/react-query';
import type { MemberHit } from '@tessera/members/contracts';
import { Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDebounced } from '../../components/use-debounced';
import { http } from '../../providers/http';

const SHORTEST = 2;

async function findMembers(q: string): Promise<MemberHit[]> {
  return (await http.get<MemberHit[]>('/api/members/lookup', { params: { q } })).data;
}

const labelOf = ({ name, memberNo, phone }: MemberHit) => [name, memberNo, phone].filter(Boolean).join(' · ');

/** Finds a member by last four digits, phone, number or name, as the till does. */
export function MemberSelect({
  id,
  value,
  onChange,
}: {
  id?: string;
  value?: string;
  onChange?: (memberId: string) => void;
}) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const term = useDebounced(text.trim(), 200);
  const { data = [], isFetching } = useQuery({
    queryKey: ['member-select', term],
    enabled: term.length >= SHORTEST,
    placeholderData: (before) => before,
    queryFn: () => findMembers(term),
  });
  return (
    <Select<string>
      {...(id ? { id } : {})}
      showSearch
      filterOption={false}
      value={value ?? null}
      loading={isFetching}
      onSearch={setText}
      onChange={(memberId) => onChange?.(memberId)}
      options={data.map((hit) => ({ value: hit.id, label: labelOf(hit) }))}
      placeholder={t('till.memberHint')}
      notFoundContent={isFetching ? t('shell.loading') : t('fields.nothingFound')}
      style={{ width: '100%' }}
    />
  );
}
