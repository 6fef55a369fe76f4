import { useQuery } from '@tanstack/react-query';
import type { RefundState, Transaction } from '@tessera/checkout/contracts';
import { Alert, Button, Form, Input, Modal, Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Amount } from '../../components/amount';
import { Instant } from '../../components/instant';
import { Loading } from '../../components/loading';
import { printReceipt } from '../../components/print-page';
import { PrintButton } from '../../components/print-button';
import { ErrorNotice } from '../../components/refusal';
import { leftOf, RefundForm, type Exchanged } from '../../pages/transactions/refund-form';
import { VoidForm } from '../../pages/transactions/void-dialog';
import { toApiError } from '../../providers/api-error';
import { findSale } from '../effects/till-api';
import { useTill } from '../till-context';

type Found = { sale: Transaction; state: RefundState };

function FindForm({ wanted, onFind }: { wanted: string; onFind(number: string): void }) {
  const { t } = useTranslation();
  return (
    <Form layout="vertical" onFinish={({ number }: { number?: string }) => number?.trim() && onFind(number.trim())}>
      <Form.Item name="number" label={t('refunds.scan')} initialValue={wanted}>
        <Input autoFocus allowClear autoComplete="off" size="large" maxLength={64} />
      </Form.Item>
      <Button type="primary" block size="large" htmlType="submit">
        {t('refunds.find')}
      </Button>
    </Form>
  );
}

function Booked({ booked, onClose }: { booked: Transaction; onClose(): void }) {
  const { t } = useTranslation();
  return (
    <>
      <Alert
        type="success"
        showIcon
        message={
          <>
            {t('refunds.done', { number: booked.number })}{' '}
            {booked.payments.map(({ method, amount }, index) => (
              <span key={index} className="refund-ways">
                {t(`options.method.${method}`)} <Amount minor={-amount} currency={booked.currency} />
              </span>
            ))}
          </>
        }
      />
      <div className="till-refund-end">
        <PrintButton
          label={t('refunds.printReceipt')}
          failure={t('transactions.printFailed')}
          print={(language) => printReceipt(booked.id, language)}
        />
        <Button type="primary" onClick={onClose}>
          {t('refunds.close')}
        </Button>
      </div>
    </>
  );
}

/** Why this transaction cannot be taken back at this till; null: it can. */
function obstacleOf({ sale, state }: Found, storeId: string): 'notASale' | 'ofOtherStore' | 'nothingLeft' | null {
  if (sale.kind !== 'sale') return 'notASale';
  if (sale.storeId !== storeId) return 'ofOtherStore';
  return sale.lines.every((line) => leftOf(line, state) === 0) ? 'nothingLeft' : null;
}

type How = 'pieces' | 'exchange' | 'whole';

/** What may be done with this sale here, the usual first. */
function useWays({ state }: Found): How[] {
  const { rights } = useTill();
  return [
    ...(rights.canRefund ? ['pieces' as const] : []),
    ...(rights.canExchange ? ['exchange' as const] : []),
    ...(rights.canVoid && state.canBeVoided ? ['whole' as const] : []),
  ];
}

/** What comes back waits beside the cart, until the goods that it pays for are in it. */
function useExchange({ sale }: Found): (exchanged: Exchanged) => void {
  const { dispatch, open } = useTill();
  return (exchanged) => {
    const { id: saleId, number, memberId, memberNo, memberName } = sale;
    const shown = { ...(memberNo ? { memberNo } : {}), ...(memberName ? { name: memberName } : {}) };
    const member = memberId ? { id: memberId, ...shown } : null;
    dispatch({ type: 'exchange', exchange: { saleId, number, ...exchanged }, member });
    open(null);
  };
}

function TakeBack({ found, onBooked }: { found: Found; onBooked(booked: Transaction): void }) {
  const { t } = useTranslation();
  const { store, till } = useTill();
  const { sale, state } = found;
  const ways = useWays(found);
  const exchange = useExchange(found);
  const [how, setHow] = useState(ways[0]);
  const obstacle = obstacleOf(found, store.id);
  if (obstacle) return <Alert type="warning" showIcon message={t(`refunds.${obstacle}`)} />;
  return (
    <>
      <p className="secondary">
        <Instant iso={sale.occurredAt} /> · {sale.staffName} ·{' '}
        <Amount minor={sale.totals.paid} currency={sale.currency} />
      </p>
      {ways.length > 1 && (
        <Segmented
          block
          aria-label={t('refunds.how')}
          className="till-refund-how"
          value={how}
          options={ways.map((value) => ({ value, label: t(`refunds.${value}`) }))}
          onChange={setHow}
        />
      )}
      {how === 'whole' && <VoidForm sale={sale} state={state} tillId={till.id} onDone={onBooked} />}
      {(how === 'pieces' || how === 'exchange') && (
        <RefundForm
          key={how}
          sale={sale}
          state={state}
          tillId={till.id}
          onDone={onBooked}
          {...(how === 'exchange' ? { onExchange: exchange } : {})}
        />
      )}
    </>
  );
}

/** Takes back a sale at the till: scan its receipt, say what and why; the money leaves this till. */
export default function RefundSheet({ number }: { number: string | null }) {
  const { t } = useTranslation();
  const { open, refreshShift } = useTill();
  const [booked, setBooked] = useState<Transaction | null>(null);
  const { data, error, isFetching } = useQuery({
    queryKey: ['till-refund', number],
    enabled: number !== null,
    gcTime: 0,
    retry: false,
    queryFn: () => findSale(number ?? ''),
  });
  function close(): void {
    open(null);
    if (booked) refreshShift();
  }
  const isMissing = number !== null && data === null && !isFetching;
  return (
    <Modal
      open
      title={data ? t('refunds.title', { number: data.sale.number }) : t('refunds.atTill')}
      footer={null}
      onCancel={close}
    >
      {isFetching && !booked && <Loading />}
      {error && <ErrorNotice error={toApiError(error)} />}
      {isMissing && <Alert type="warning" showIcon message={t('refunds.notFound')} className="till-refund-missing" />}
      {!data && !isFetching && (
        <FindForm key={number} wanted={number ?? ''} onFind={(found) => open({ kind: 'refund', number: found })} />
      )}
      {data && !booked && !isFetching && <TakeBack key={data.sale.id} found={data} onBooked={setBooked} />}
      {booked && <Booked booked={booked} onClose={close} />}
    </Modal>
  );
}
