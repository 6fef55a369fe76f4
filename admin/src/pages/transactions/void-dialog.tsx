import { StopOutlined } from '@ant-design/icons';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { RefundState, Transaction } from '@tessera/checkout/contracts';
import { Alert, Button, Form, Modal } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { Amount } from '../../components/amount';
import { ErrorNotice } from '../../components/refusal';
import { useMay } from '../../providers/access-control';
import { toApiError } from '../../providers/api-error';
import { http } from '../../providers/http';
import { HandedOnNotice } from './handed-on-notice';
import { priceBack } from './price-back';
import { RefundReason, TakeBackButton } from './refund-form';

/** What goes back in one piece, and why. */
export function VoidForm({
  sale,
  state,
  tillId,
  onDone,
}: {
  sale: Transaction;
  state: RefundState;
  tillId?: string;
  onDone(booked: Transaction): void;
}) {
  const { t } = useTranslation();
  const [key] = useState(() => crypto.randomUUID());
  const [reason, setReason] = useState('');
  const { back, refusal } = priceBack(sale, state, { lines: sale.lines, way: 'as-paid' });
  const isReady = back !== null && reason.trim().length > 0;
  const { mutate, error, isPending } = useMutation({
    mutationFn: async () => {
      const request = { reason: reason.trim(), ...(tillId && { tillId }) };
      const headers = { 'idempotency-key': key };
      return (await http.post<Transaction>(`/api/checkout/transactions/${sale.id}/void`, request, { headers })).data;
    },
    onSuccess: onDone,
  });
  return (
    <Form layout="vertical" onFinish={() => isReady && mutate()}>
      <RefundReason value={reason} onChange={setReason} />
      <Alert
        type="info"
        showIcon
        message={
          <>
            {t('refunds.voidGoesBack')}{' '}
            <span className="refund-ways">
              {back?.payments.map(({ method, amount }) => (
                <span key={method}>
                  {t(`options.method.${method}`)} <Amount minor={-amount} currency={sale.currency} />
                </span>
              ))}
            </span>
          </>
        }
      />
      <HandedOnNotice sale={sale} state={state} lineNos={sale.lines.map(({ lineNo }) => lineNo)} />
      {refusal && <ErrorNotice error={refusal} />}
      {error && <ErrorNotice error={toApiError(error)} />}
      <TakeBackButton label={t('refunds.voidDo')} isReady={isReady} isPending={isPending} />
    </Form>
  );
}

/** Undoes a whole sale while its business day lasts; shown to whom it is permitted. */
export function VoidButton({ sale, state }: { sale: Transaction; state: RefundState }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [isOpen, setOpen] = useState(false);
  const mayVoid = useMay('checkout.void', sale.storeId);
  if (!mayVoid || !state.canBeVoided) return null;
  async function done({ id }: Transaction): Promise<void> {
    setOpen(false);
    await queries.invalidateQueries();
    await navigate(`/transactions/${id}`);
  }
  return (
    <>
      <Button icon={<StopOutlined />} onClick={() => setOpen(true)}>
        {t('refunds.voidDo')}
      </Button>
      <Modal
        open={isOpen}
        title={t('refunds.voidTitle', { number: sale.number })}
        footer={null}
        destroyOnHidden
        onCancel={() => setOpen(false)}
      >
        <VoidForm sale={sale} state={state} onDone={(booked) => void done(booked)} />
      </Modal>
    </>
  );
}
