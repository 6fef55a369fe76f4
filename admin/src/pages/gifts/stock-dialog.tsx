import { useMutation, useQueryClient } from '@tanstack/react-query';
import { MAX_PIECES, type StockMove } from '@tessera/points/contracts';
import { App, Form, Input, InputNumber, Modal, Radio } from 'antd';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '../../components/refusal';
import { SelectField } from '../../components/select-field';
import { may } from '../../providers/access-control';
import { toApiError } from '../../providers/api-error';
import { http } from '../../providers/http';
import { me, useStore, type Store } from '../../providers/me';
import { nameOf } from '../../providers/i18n';
import { randomUuid } from '../../till/effects/random-uuid';
import { useGiftStock } from './stock-queries';

interface Values {
  storeId: string;
  kind: 'received' | 'corrected';
  pieces: number;
  reason?: string;
}

/** Of a correction people say what there is; the books move by the difference. */
function differenceOf({ kind, pieces }: Pick<Values, 'kind' | 'pieces'>, before: number): number {
  return kind === 'received' ? pieces : pieces - before;
}

function useStockMove(giftId: string, before: (storeId: string) => number, onClose: () => void) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const key = useRef(randomUuid());
  return useMutation({
    mutationFn: async ({ storeId, kind, pieces, reason }: Values) => {
      const quantity = differenceOf({ kind, pieces }, before(storeId));
      const body = { storeId, kind, quantity, ...(reason?.trim() ? { reason: reason.trim() } : {}) };
      const headers = { 'idempotency-key': key.current };
      return (await http.post<StockMove>(`/api/points/gifts/${giftId}/stock-moves`, body, { headers })).data;
    },
    onSuccess: async () => {
      void message.success(t('gifts.saved'));
      await queries.invalidateQueries();
      onClose();
    },
    onError: (failure) => {
      if (toApiError(failure).statusCode !== 0) key.current = randomUuid();
    },
  });
}

/** In or counted, where, how many, why. */
function StockFields({ stores, isCount }: { stores: Store[]; isCount: boolean }) {
  const { t } = useTranslation();
  return (
    <>
      <Form.Item name="kind">
        <Radio.Group
          optionType="button"
          options={(['received', 'corrected'] as const).map((value) => ({ value, label: t(`gifts.ways.${value}`) }))}
        />
      </Form.Item>
      <Form.Item name="storeId" label={t('gifts.store')} rules={[{ required: true, message: t('gifts.storeNeeded') }]}>
        <SelectField options={stores.map((each) => ({ value: each.id, label: nameOf(each) }))} />
      </Form.Item>
      <Form.Item
        name="pieces"
        label={t(isCount ? 'gifts.counted' : 'gifts.howMany')}
        rules={[
          {
            required: true,
            type: 'integer',
            min: isCount ? 0 : 1,
            message: t(isCount ? 'gifts.countNeeded' : 'gifts.piecesNeeded'),
          },
        ]}
      >
        <InputNumber min={0} max={MAX_PIECES} precision={0} controls={false} style={{ width: '100%' }} />
      </Form.Item>
      <Form.Item
        name="reason"
        label={t('gifts.reason')}
        rules={isCount ? [{ required: true, min: 2, whitespace: true, message: t('gifts.reasonNeeded') }] : []}
      >
        <Input maxLength={200} />
      </Form.Item>
    </>
  );
}

/** Pieces that came in, or what a count found; a sentence says what the store will have. */
export function StockDialog({ giftId, onClose }: { giftId: string; onClose(): void }) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Values>();
  const { data = [] } = useGiftStock(giftId);
  const before = (storeId: string) => Number(data.find((row) => row['storeId'] === storeId)?.['quantity'] ?? 0);
  const { mutate, error, isPending } = useStockMove(giftId, before, onClose);
  const here = useStore();
  const stores = (me.state().me?.stores ?? []).filter(({ id }) =>
    may('gift-stock.move', { records: [{ storeId: id }] }),
  );
  const { storeId, kind = 'received', pieces } = Form.useWatch([], form) ?? ({} as Partial<Values>);
  const store = stores.find(({ id }) => id === storeId);
  const isCount = kind === 'corrected';
  const moved =
    pieces === undefined || pieces === null || !store ? null : differenceOf({ kind, pieces }, before(store.id));
  return (
    <Modal
      open
      title={t('gifts.receiveTitle')}
      okText={t('gifts.save')}
      cancelText={t('forms.cancel')}
      confirmLoading={isPending}
      okButtonProps={{ disabled: moved === 0 }}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      {error && <ErrorNotice error={toApiError(error)} />}
      <Form<Values>
        form={form}
        layout="vertical"
        initialValues={{ kind: 'received', storeId: stores.find(({ id }) => id === here?.id)?.id ?? stores[0]?.id }}
        onFinish={(values) => mutate(values)}
      >
        <StockFields stores={stores} isCount={isCount} />
      </Form>
      {store && moved !== null && (
        <p className="secondary" role="status">
          {moved === 0
            ? t('gifts.sameCount')
            : t('gifts.becomes', {
                store: nameOf(store),
                before: before(store.id),
                after: before(store.id) + moved,
              })}
        </p>
      )}
    </Modal>
  );
}
