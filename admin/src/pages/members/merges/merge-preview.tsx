import { useOne } from '@refinedev/core';
import { useQuery } from '@tanstack/react-query';
import type { Field, Resource, Row } from '@tessera/backoffice/contracts';
import { MERGE_FIELDS, type MergePreview } from '@tessera/members/contracts';
import { Radio, Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { Amount } from '../../../components/amount';
import { FieldValue } from '../../../components/field-value';
import { ErrorNotice } from '../../../components/refusal';
import { toApiError, type ApiError } from '../../../providers/api-error';
import { http } from '../../../providers/http';
import { pick } from '../../../providers/i18n';
import { keyOf } from '../../../resources/schema';

export type MergeField = (typeof MERGE_FIELDS)[number];

function useRow(id: string) {
  return useOne<Row, ApiError>({ resource: 'members', id, errorNotification: false });
}

function isBlank(value: unknown): boolean {
  return value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
}

/** Only what the other has and this one does not say the same of can be taken over. */
function isChoice(field: Field, kept: Row, duplicate: Row): boolean {
  const [mine, other] = [kept[keyOf(field)], duplicate[keyOf(field)]];
  return !isBlank(other) && JSON.stringify(mine) !== JSON.stringify(other);
}

interface ProfilesProps {
  resource: Resource;
  kept: Row;
  duplicate: Row;
  taken: readonly MergeField[];
  onTake(taken: MergeField[]): void;
}

/** Both profiles side by side; of each field that differs, one is chosen. */
function Profiles({ resource, kept, duplicate, taken, onTake }: ProfilesProps) {
  const { t } = useTranslation();
  const fields = resource.fields.filter((field) => (MERGE_FIELDS as readonly string[]).includes(field.name));
  const choose = (name: MergeField, isTaken: boolean) =>
    onTake(isTaken ? [...taken, name] : taken.filter((each) => each !== name));
  return (
    <table className="merge-table">
      <thead>
        <tr>
          <th>{t('members.merge.field')}</th>
          <th>{t('members.merge.ofKept', { no: kept['memberNo'] })}</th>
          <th>{t('members.merge.ofDuplicate', { no: duplicate['memberNo'] })}</th>
        </tr>
      </thead>
      <tbody>
        {fields.map((field) => {
          const name = field.name as MergeField;
          const label = pick(field.label);
          const isTaken = taken.includes(name);
          const value = (row: Row) => <FieldValue field={field} row={row} />;
          if (!isChoice(field, kept, duplicate)) {
            return (
              <tr key={name}>
                <th scope="row">{label}</th>
                <td>{value(kept)}</td>
                <td>{value(duplicate)}</td>
              </tr>
            );
          }
          return (
            <tr key={name}>
              <th scope="row">{label}</th>
              {[false, true].map((isOther) => (
                <td key={String(isOther)}>
                  <Radio
                    checked={isTaken === isOther}
                    onChange={() => choose(name, isOther)}
                    aria-label={`${label}: ${t(isOther ? 'members.merge.takeOther' : 'members.merge.keepOwn')}`}
                  >
                    {value(isOther ? duplicate : kept)}
                    {isOther && name === 'tags' && <div className="secondary">{t('members.merge.tagsJoin')}</div>}
                  </Radio>
                </td>
              ))}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function Figure({ value, currency }: { value: number; currency: string | null }) {
  const { i18n } = useTranslation();
  if (currency) return <Amount minor={value} currency={currency} />;
  return <>{new Intl.NumberFormat(i18n.language).format(value)}</>;
}

function Balances({ preview }: { preview: MergePreview }) {
  const { t } = useTranslation();
  if (preview.balances.length === 0) return <p>{t('members.merge.noBalances')}</p>;
  return (
    <table className="merge-table">
      <thead>
        <tr>
          <th>{t('members.merge.balance')}</th>
          {(['kept', 'duplicate', 'after'] as const).map((side) => (
            <th key={side} className="merge-figure">
              {t(`members.merge.sides.${side}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {preview.balances.map(({ code, label, currency, ...sides }) => (
          <tr key={`${code} ${currency}`}>
            <th scope="row">{pick(label)}</th>
            {[sides.kept, sides.duplicate, sides.after].map((value, index) => (
              <td key={index} className="merge-figure">
                <Figure value={value} currency={currency} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface MergePreviewProps {
  resource: Resource;
  keptId: string;
  duplicateId: string;
  taken: readonly MergeField[];
  onTake(taken: MergeField[]): void;
}

/** What a merge would do: profiles to choose from, balances that add up. */
export function MergePreviewTables({ resource, keptId, duplicateId, taken, onTake }: MergePreviewProps) {
  const { t } = useTranslation();
  const { result: kept, query: keptQuery } = useRow(keptId);
  const { result: duplicate, query: duplicateQuery } = useRow(duplicateId);
  const { data: preview, error } = useQuery({
    queryKey: ['merge-preview', keptId, duplicateId],
    queryFn: async () =>
      (await http.get<MergePreview>(`/api/members/${keptId}/merge-preview`, { params: { duplicateId } })).data,
    staleTime: 0,
  });
  const failure = error ?? keptQuery.error ?? duplicateQuery.error;
  if (failure) return <ErrorNotice error={toApiError(failure)} />;
  if (!kept || !duplicate || !preview) return <Skeleton active />;
  return (
    <>
      <Profiles resource={resource} kept={kept} duplicate={duplicate} taken={taken} onTake={onTake} />
      <h3>{t('members.merge.adds')}</h3>
      <Balances preview={preview} />
      <p>
        {t('members.merge.summary', {
          kept: kept['memberNo'],
          duplicate: duplicate['memberNo'],
          days: preview.undoDays,
        })}
      </p>
    </>
  );
}
