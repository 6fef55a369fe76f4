import { DeleteOutlined, PictureOutlined } from '@ant-design/icons';
import { useInvalidate, useNotification } from '@refinedev/core';
import { IMAGE_TYPES, MAX_IMAGE_BYTES, MAX_IMAGE_SIDE, type Field, type Row } from '@tessera/backoffice/contracts';
import { Button, Popconfirm, Progress, Upload } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '../../components/refusal';
import { ApiError, sentenceFor, toApiError } from '../../providers/api-error';
import { http } from '../../providers/http';
import { pick } from '../../providers/i18n';

interface ImageFieldProps {
  resource: string;
  field: Field;
  row: Row;
  /** The row with its new picture and version. */
  onSaved: (row: Row) => void;
}

const MEGABYTE = 1024 * 1024;

/** Sends or removes the picture at the version that the form shows; `percent` is null while nothing is under way. */
function useImage({ resource, field, row, onSaved }: ImageFieldProps) {
  const { t } = useTranslation();
  const { open } = useNotification();
  const invalidate = useInvalidate();
  const [percent, setPercent] = useState<number | null>(null);
  const [error, setError] = useState<ApiError | null>(null);

  async function send(file: File | null): Promise<void> {
    if (file && file.size > MAX_IMAGE_BYTES) {
      return setError(new ApiError('too_large', 413, sentenceFor('too_large', 413)));
    }
    setError(null);
    setPercent(0);
    try {
      const { data } = await http.request<Row>({
        method: file ? 'PUT' : 'DELETE',
        url: `/api/backoffice/${resource}/${row.id}/files/${field.name}`,
        // The server looks at the bytes: a type that the browser guessed from the name would say nothing.
        headers: { 'if-match': String(row.version), ...(file ? { 'content-type': 'application/octet-stream' } : {}) },
        data: file ?? undefined,
        onUploadProgress: ({ progress }) => setPercent(Math.round((progress ?? 0) * 100)),
      });
      onSaved(data);
      open?.({ type: 'success', message: t(file ? 'forms.image.saved' : 'forms.image.removed') });
      await invalidate({ resource, id: row.id, invalidates: ['list', 'detail'] });
    } catch (thrown) {
      setError(toApiError(thrown));
    } finally {
      setPercent(null);
    }
  }
  return { percent, error, send };
}

/** The picture of a record: choose or drop one, see it, replace it, remove it. Each takes effect at once. */
export function ImageField(props: ImageFieldProps) {
  const { field, row } = props;
  const { t, i18n } = useTranslation();
  const { percent, error, send } = useImage(props);
  const image = row[field.name] as { url: string } | null | undefined;
  const isBusy = percent !== null;
  const pixels = new Intl.NumberFormat(i18n.language).format(MAX_IMAGE_SIDE);
  return (
    <div role="group" aria-label={pick(field.label)} className="image-field">
      <Upload.Dragger
        accept={IMAGE_TYPES.join(',')}
        showUploadList={false}
        disabled={isBusy}
        beforeUpload={(file) => {
          void send(file);
          return false;
        }}
      >
        {image ? (
          <img src={image.url} alt={pick(field.label)} className="image-field-preview" />
        ) : (
          <PictureOutlined className="image-field-empty" aria-hidden />
        )}
        <div>{t(image ? 'forms.image.replace' : 'forms.image.choose')}</div>
        <small>{t('forms.image.limits', { megabytes: MAX_IMAGE_BYTES / MEGABYTE, pixels })}</small>
      </Upload.Dragger>
      {isBusy && <Progress percent={percent} size="small" aria-label={t('forms.image.sending')} />}
      {error && <ErrorNotice error={error} />}
      {error?.code === 'version_conflict' && <p>{t('forms.image.reload')}</p>}
      {image && (
        <Popconfirm title={t('forms.image.removeAsk')} okText={t('forms.image.remove')} onConfirm={() => send(null)}>
          <Button icon={<DeleteOutlined aria-hidden />} disabled={isBusy}>
            {t('forms.image.remove')}
          </Button>
        </Popconfirm>
      )}
    </div>
  );
}
