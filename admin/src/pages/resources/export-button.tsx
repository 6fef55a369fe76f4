import { DownloadOutlined } from '@ant-design/icons';
import type { CrudFilters, CrudSorting } from '@refinedev/core';
import { generateFilter, generateSort } from '@refinedev/simple-rest';
import { useMutation } from '@tanstack/react-query';
import type { ExportRequest, Resource } from '@tessera/backoffice/contracts';
import { Alert, Button, Form, Input, Modal, Radio } from 'antd';
import i18next from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '../../components/refusal';
import { saveFile } from '../../components/save-file';
import { useMay } from '../../providers/access-control';
import { toApiError } from '../../providers/api-error';
import { http } from '../../providers/http';

interface ExportProps {
  resource: Resource;
  filters: CrudFilters;
  sorters: CrudSorting;
  /** Rows of the list as it is filtered now; an estimate above some thousands. */
  total: number;
}
type Wanted = Pick<ExportRequest, 'format' | 'reason'>;

/** The list's own parameters, as the data provider sends them. */
function queryOf({ filters, sorters }: Pick<ExportProps, 'filters' | 'sorters'>): URLSearchParams {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(generateFilter(filters) as Record<string, unknown>)) {
    for (const one of [value].flat()) query.append(key, String(one));
  }
  const sort = generateSort(sorters);
  if (sort && sort._sort.length > 0) {
    query.set('_sort', sort._sort.join(','));
    query.set('_order', sort._order.join(','));
  }
  return query;
}

function useExport({ resource, filters, sorters }: ExportProps, onSuccess: () => void) {
  return useMutation({
    mutationFn: async ({ format, reason }: Wanted) => {
      const body: ExportRequest = { format, reason, language: i18next.language === 'en' ? 'en' : 'zh' };
      const address = `/api/backoffice/${resource.resource}/exports?${queryOf({ filters, sorters }).toString()}`;
      const { data } = await http.post<Blob>(address, body, { responseType: 'blob' });
      saveFile(data, `${resource.resource}-${new Date().toISOString().slice(0, 10)}.${format}`);
    },
    onSuccess,
  });
}

interface ExportFormProps {
  total: number;
  isPending: boolean;
  onSubmit: (wanted: Wanted) => void;
}

function ExportForm({ total, onSubmit, isPending }: ExportFormProps) {
  const { t } = useTranslation();
  const initialValues: Wanted = { format: 'csv', reason: '' };
  return (
    <Form<Wanted> layout="vertical" requiredMark={false} initialValues={initialValues} onFinish={onSubmit}>
      <p>{t('exports.about', { rows: total.toLocaleString() })}</p>
      <Form.Item name="format" label={t('exports.format')}>
        <Radio.Group
          options={[
            { value: 'csv', label: 'CSV' },
            { value: 'xlsx', label: 'Excel (.xlsx)' },
          ]}
        />
      </Form.Item>
      <Form.Item
        name="reason"
        label={t('exports.reason')}
        extra={t('exports.reasonExample')}
        rules={[{ required: true, whitespace: true, min: 2, message: t('exports.reasonMissing') }]}
      >
        <Input maxLength={200} autoFocus />
      </Form.Item>
      <Alert type="info" showIcon message={t('exports.recorded')} style={{ marginBottom: 16 }} />
      <Button type="primary" htmlType="submit" block loading={isPending}>
        {t('exports.download')}
      </Button>
    </Form>
  );
}

/** Takes the rows of the list along as a file, for a reason that stands on the trail and on the file. */
export function ExportButton(props: ExportProps) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const mayExport = useMay(`${props.resource.permission}.export`);
  const { mutate, error, isPending, reset } = useExport(props, () => setOpen(false));
  if (!mayExport) return null;
  function close(): void {
    setOpen(false);
    reset();
  }
  return (
    <>
      <Button icon={<DownloadOutlined />} onClick={() => setOpen(true)}>
        {t('exports.button')}
      </Button>
      <Modal open={isOpen} title={t('exports.title')} footer={null} onCancel={close} destroyOnHidden>
        {error && <ErrorNotice error={toApiError(error)} />}
        <ExportForm total={props.total} onSubmit={mutate} isPending={isPending} />
      </Modal>
    </>
  );
}
