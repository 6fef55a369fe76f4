import { useOne, useUpdate, useWarnAboutChange } from '@refinedev/core';
import type { Field, Resource, Row } from '@tessera/backoffice/contracts';
import { useState } from 'react';
import { flushSync } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { Loading } from '../../components/loading';
import { FailedScreen, RefusedScreen } from '../../components/refusal';
import { useMay } from '../../providers/access-control';
import { toApiError, type ApiError } from '../../providers/api-error';
import { keyOf, titleOf, useResource } from '../../resources/schema';
import { ConflictDialog, type Conflict } from './conflict-dialog';
import { editableFields, formFields } from './field-rules';
import { RecordForm, type Values } from './record-form';

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
}

/** What of the form differs from the row as it was loaded. */
function changesOf(values: Values, initial: Values): Values {
  return Object.fromEntries(
    Object.entries(values)
      .filter(([name, value]) => value !== undefined && !isSame(value, initial[name]))
      .map(([name, value]) => [name, value === '' ? null : value]),
  );
}

/** A masked value begins empty: sent back, the mask would become the value. */
function initialOf(fields: readonly Field[], row: Row): Values {
  return Object.fromEntries(
    fields.filter((field) => field.visibility === 'clear').map((field) => [keyOf(field), row[keyOf(field)]]),
  );
}

function EditForm({ resource, row: current }: { resource: Resource; row: Row }) {
  // A refused save makes Refine read the row again. The form still shows the earlier one: measured against the newer,
  // every field that somebody else changed would count as changed back by this person.
  const [row, setRow] = useState(current);
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { setWarnWhen } = useWarnAboutChange();
  const [error, setError] = useState<ApiError | null>(null);
  const [conflict, setConflict] = useState<Conflict | null>(null);
  const { mutate, mutation } = useUpdate<Row, ApiError, Values>({
    resource: resource.resource,
    id: row.id,
    errorNotification: false,
  });
  const initial = initialOf(editableFields(resource.fields), row);
  const page = `/${resource.resource}/${row.id}`;

  /** The guard must be off before the address changes, or it asks about changes that are saved. */
  function leave(): void {
    flushSync(() => setWarnWhen(false));
    void navigate(page, { replace: true });
  }

  function send(changes: Values, version: number | undefined): void {
    if (Object.keys(changes).length === 0) return leave();
    setError(null);
    setWarnWhen(false);
    mutate(
      { values: changes, meta: { version } },
      {
        onSuccess: leave,
        onError: (thrown) => {
          setWarnWhen(true);
          const failure = toApiError(thrown);
          const current = (failure.details as { row?: Row } | undefined)?.row;
          if (failure.code === 'version_conflict' && current) setConflict({ current, changes });
          else setError(failure);
        },
      },
    );
  }

  return (
    <>
      <RecordForm
        resource={resource}
        fields={formFields(resource.fields)}
        row={row}
        title={t('forms.edit', { title: titleOf(resource, row) })}
        initial={initial}
        error={error}
        isSaving={mutation.isPending}
        cancelTo={page}
        onSave={(values) => send(changesOf(values, initial), row.version)}
        // Sent at the version of this form: nobody else changed anything in between.
        onImage={setRow}
      />
      <ConflictDialog
        resource={resource}
        conflict={conflict}
        onTheirs={leave}
        onMine={({ changes, current }) => {
          setConflict(null);
          send(changes, current.version);
        }}
        onCancel={() => setConflict(null)}
      />
    </>
  );
}

function LoadedForm({ resource, id }: { resource: Resource; id: string }) {
  const { result, query } = useOne<Row, ApiError>({
    resource: resource.resource,
    id,
    errorNotification: false,
    // Always the row as it is now: an old version would only be refused when saving.
    queryOptions: { staleTime: 0, gcTime: 0 },
  });
  if (query.isError) return <FailedScreen name={resource.resource} error={toApiError(query.error)} isRecord />;
  if (!result || !query.isFetchedAfterMount) return <Loading />;
  return <EditForm resource={resource} row={result} />;
}

export default function EditPage({ name }: { name: string }) {
  const { id = '' } = useParams();
  const resource = useResource(name);
  const permission = `${resource?.permission ?? name}.change`;
  const mayChange = useMay(permission);
  if (resource === undefined) return <Loading />;
  if (resource === null || !mayChange) return <RefusedScreen name={name} />;
  return <LoadedForm key={id} resource={resource} id={id} />;
}
