import { useQuery } from '@tanstack/react-query';
import type { MemberHit } from '@tessera/members/contracts';
import { Button, Empty, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '../../../components/refusal';
import { useDebounced } from '../../../components/use-debounced';
import { toApiError } from '../../../providers/api-error';
import { http } from '../../../providers/http';

export function hitLabel({ name, memberNo, phone }: MemberHit): string {
  return [name, memberNo, phone].filter(Boolean).join(' · ');
}

/** Finds another member as the counter does: number, phone or name. */
export function FindMember({ exceptId, onFound }: { exceptId: string; onFound(hit: MemberHit): void }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const wanted = useDebounced(typed.trim(), 250);
  const { data, error } = useQuery({
    queryKey: ['member-lookup', wanted],
    queryFn: async () => (await http.get<MemberHit[]>('/api/members/lookup', { params: { q: wanted } })).data,
    enabled: wanted !== '',
  });
  const hits = data?.filter(({ id }) => id !== exceptId);
  return (
    <>
      <Input.Search
        autoFocus
        allowClear
        aria-label={t('members.merge.find')}
        placeholder={t('members.merge.find')}
        maxLength={64}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
      {error && <ErrorNotice error={toApiError(error)} />}
      <div className="merge-hits">
        {hits?.map((hit) => (
          <Button key={hit.id} block style={{ justifyContent: 'flex-start' }} onClick={() => onFound(hit)}>
            {hitLabel(hit)}
          </Button>
        ))}
        {hits?.length === 0 && <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('members.merge.nobody')} />}
      </div>
    </>
  );
}
