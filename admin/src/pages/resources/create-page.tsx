import { useCreate, useWarnAboutChange } from '@refinedev/core';
import type { Resource, Row } from '@tessera/backoffice/contracts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import { Loading } from '../../components/loading';
import { RefusedScreen } from '../../components/refusal';
import { useMay } from '../../providers/access-control';
import { toApiError, type ApiError } from '../../providers/api-error';
import { useStore } from '../../providers/me';
import { keyOf, useResource } from '../../resources/schema';
import { editableFields, formFields } from './field-rules';
import { RecordForm, type Values } from './record-form';

/**
 * What is filled in before one begins: the schema's defaults, the store one works in (not where no store means all), and what the
 * address names, where one came from what it belongs to (`?tierId=…`).
 */
function useInitial(resource: Resource): { initial: Values; row: Row | null } {
  const store = useStore();
  const [search] = useSearchParams();
  const fields = editableFields(resource.fields);
  const given = fields.filter((field) => field.default !== undefined && field.default !== null);
  const initial: Values = Object.fromEntries(given.map((field) => [keyOf(field), field.default]));
  for (const field of fields) {
    if (field.reference !== 'stores' || field.emptyMeansAll || !store) continue;
    initial[keyOf(field)] = field.type === 'relations' ? [store.id] : store.id;
  }
  for (const field of fields) {
    const named = search.get(keyOf(field));
    if (field.type === 'relation' && named) initial[keyOf(field)] = named;
  }
  return { initial, row: null };
}

function CreateForm({ resource }: { resource: Resource }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { setWarnWhen } = useWarnAboutChange();
  const [error, setError] = useState<ApiError | null>(null);
  const { mutate, mutation } = useCreate<Row, ApiError, Values>({
    resource: resource.resource,
    errorNotification: false,
  });
  const { initial, row } = useInitial(resource);
  const list = `/${resource.resource}`;
  const maySee = useMay(`${resource.permission}.view`);

  function save(values: Values): void {
    const filled = Object.entries(values).filter(([, value]) => value !== undefined && value !== null && value !== '');
    setError(null);
    setWarnWhen(false);
    mutate(
      { values: Object.fromEntries(filled) },
      {
        onError: (failure) => {
          setWarnWhen(true);
          setError(toApiError(failure));
        },
        // Whoever may create but not look is led back to their work, not to a refusal.
        onSuccess: ({ data }) => void navigate(maySee ? `${list}/${data.id}` : '/', { replace: true }),
      },
    );
  }

  return (
    <RecordForm
      resource={resource}
      fields={formFields(resource.fields)}
      row={row}
      title={t(`lists.create.${resource.resource}`)}
      initial={initial}
      error={error}
      isSaving={mutation.isPending}
      cancelTo={maySee ? list : '/'}
      onSave={save}
    />
  );
}

export default function CreatePage({ name }: { name: string }) {
  const resource = useResource(name);
  const permission = `${resource?.permission ?? name}.create`;
  const mayCreate = useMay(permission);
  if (resource === undefined) return <Loading />;
  if (resource === null || !mayCreate) return <RefusedScreen name={name} />;
  return <CreateForm key={name} resource={resource} />;
}
