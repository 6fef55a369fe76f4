import { useMutation } from '@tanstack/react-query';
import type { RefundState, Transaction } from '@tessera/checkout/contracts';
import { refundedQuantities } from '@tessera/checkout/domain';
import { scale, sum } from '@tessera/kernel/domain';
import { Alert, Button, Form, Input, InputNumber, Radio } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Amount } from '../../components/amount';
import { formatMoney } from '../../components/money';
import { ErrorNotice } from '../../components/refusal';
import { decideHere } from '../../providers/access-control';
import { toApiError } from '../../providers/api-error';
import { http } from '../../providers/http';
import { nameOf } from '../../providers/i18n';
import { HandedOnNotice } from './handed-on-notice';
import { moneyOf, priceBack, tendersOf, type PricedBack, type Way } from './price-back';

type Line = Transaction['lines'][number];

interface Wanted {
  /** By line id. */
  quantities: Record<string, number>;
  reason: string;
  way: Way;
}

const REASONS = ['wrongItem', 'damaged', 'changedMind', 'priceError', 'serviceComplaint'] as const;

/** Pieces that can be taken back; none of a card whose terms pay nothing back. */
export function leftOf(line: Line, state: RefundState): number {
  if (state.cards?.lots.some(({ lineNo, isRefundable }) => lineNo === line.lineNo && !isRefundable)) return 0;
  return line.quantity - (refundedQuantities(state.refunds).get(line.lineNo) ?? 0);
}

function piecesOf(sale: Transaction, quantities: Record<string, number>) {
  return sale.lines
    .map(({ id, lineNo }) => ({ lineId: id, lineNo, quantity: quantities[id] ?? 0 }))
    .filter(({ quantity }) => quantity > 0);
}

function toRequest(sale: Transaction, wanted: Wanted, back: PricedBack, tillId: string | undefined) {
  return {
    lines: piecesOf(sale, wanted.quantities).map(({ lineId, quantity }) => ({ lineId, quantity })),
    reason: wanted.reason.trim(),
    ...(tillId && { tillId }),
    ...(wanted.way !== 'as-paid' && { tenders: tendersOf(back) }),
  };
}

function Quantities({
  sale,
  state,
  value,
  onChange,
}: {
  sale: Transaction;
  state: RefundState;
  value: Record<string, number>;
  onChange(quantities: Record<string, number>): void;
}) {
  const { t } = useTranslation();
  const open = sale.lines.filter((line) => leftOf(line, state) > 0);
  return (
    <>
      {open.map((line) => (
        <div key={line.id} className="refund-line">
          <span>
            {nameOf(line)} <span className="secondary">{t('refunds.left', { count: leftOf(line, state) })}</span>
          </span>
          <InputNumber
            aria-label={nameOf(line)}
            min={0}
            max={leftOf(line, state)}
            precision={0}
            controls={false}
            inputMode="numeric"
            value={value[line.id] ?? 0}
            onChange={(quantity) => onChange({ ...value, [line.id]: quantity ?? 0 })}
          />
        </div>
      ))}
      <Button
        type="link"
        style={{ paddingInline: 0 }}
        onClick={() => onChange(Object.fromEntries(open.map((line) => [line.id, leftOf(line, state)])))}
      >
        {t('refunds.everything')}
      </Button>
    </>
  );
}

/** Typed, or one of the usual at a touch. */
export function RefundReason({ value, onChange }: { value: string; onChange(reason: string): void }) {
  const { t } = useTranslation();
  return (
    <Form.Item label={t('refunds.reason')} htmlFor="refund-reason">
      <Input
        id="refund-reason"
        autoComplete="off"
        value={value}
        maxLength={200}
        onChange={(event) => onChange(event.target.value)}
      />
      <div className="refund-reasons">
        {REASONS.map((code) => (
          <Button key={code} onClick={() => onChange(t(`refunds.reasons.${code}`))}>
            {t(`refunds.reasons.${code}`)}
          </Button>
        ))}
      </div>
    </Form.Item>
  );
}

/** The last step, in the colour of what cannot be undone. */
export function TakeBackButton({ label, isReady, isPending }: { label: string; isReady: boolean; isPending: boolean }) {
  return (
    <Button type="primary" danger block htmlType="submit" disabled={!isReady} loading={isPending} className="refund-do">
      {label}
    </Button>
  );
}

/** Money of it that may pay for other goods: what cards have paid is on them again. */
function worthOf({ payments }: PricedBack): number {
  return moneyOf(payments.filter(({ method }) => method !== 'stored-value'));
}

/** What had come with the pieces that are taken back, and is void with them; points that are paid for with money stay. */
function VoidWithIt({ state, priced, currency }: { state: RefundState; priced: PricedBack; currency: string }) {
  const { t } = useTranslation();
  const bonus = sum(priced.lots.map((lot) => lot.bonus));
  const sessions = sum(priced.lots.map((lot) => lot.sessions));
  const coupons = sum(
    priced.lines.map(({ lineNo, quantity }) => {
      const given = state.coupons?.find((each) => each.lineNo === lineNo);
      return given ? scale(given.open, -quantity, given.left) : 0;
    }),
  );
  const { earned = 0, paidFor = 0, writtenOff = 0 } = priced.points ?? {};
  const points = -earned - paidFor - writtenOff;
  const parts = [
    ...(points > 0 ? [t('refunds.voidParts.points', { count: points })] : []),
    ...(bonus > 0 ? [t('refunds.voidParts.bonus', { amount: formatMoney(bonus, currency) })] : []),
    ...(sessions > 0 ? [t('refunds.voidParts.sessions', { count: sessions })] : []),
    ...(coupons > 0 ? [t('refunds.voidParts.coupons', { count: coupons })] : []),
  ];
  return parts.length > 0 ? <p>{t('refunds.voidWithIt', { what: parts.join(' · ') })}</p> : null;
}

/** What will happen, in one sentence, and whether it is within one's limits. */
function Consequence({ sale, priced, isExchange }: { sale: Transaction; priced: PricedBack; isExchange: boolean }) {
  const { t } = useTranslation();
  const { otherTender, storeCredit } = priced;
  const records = [{ storeId: sale.storeId, staffId: sale.staffId }];
  const decision = decideHere({
    permission: isExchange ? 'checkout.exchange' : 'checkout.refund',
    records,
    amounts: { amount: -priced.paid, otherTender, storeCredit },
  });
  const ways = priced.payments.map(({ method, amount }) => (
    <span key={method}>
      {t(`options.method.${method}`)} <Amount minor={-amount} currency={sale.currency} />
    </span>
  ));
  return (
    <Alert
      type={decision?.effect === 'allow' ? 'info' : 'warning'}
      showIcon
      message={
        <>
          {t(isExchange ? 'refunds.paysForOthers' : 'refunds.goesBack')}{' '}
          <Amount minor={moneyOf(priced.payments)} currency={sale.currency} />
          <span className="refund-ways">{ways}</span>
        </>
      }
      description={decision?.effect === 'allow' ? undefined : t('refunds.aboveLimit')}
    />
  );
}

interface RefundFormProps {
  sale: Transaction;
  state: RefundState;
  /** Where the money leaves; left out: the till of the sale. */
  tillId?: string;
  onDone(refund: Transaction): void;
  /** Given: what comes back is not paid out but pays for other goods. */
  onExchange?(exchange: Exchanged): void;
}

/** Pieces that come back, why, and what they are worth in minor units. */
export interface Exchanged {
  lines: { lineId: string; quantity: number }[];
  reason: string;
  worth: number;
}

/** Which pieces go back, why and how; and what that will do, before it is done. */
export function RefundForm({ sale, state, tillId, onDone, onExchange }: RefundFormProps) {
  const { t } = useTranslation();
  const [key] = useState(() => crypto.randomUUID());
  const [wanted, setWanted] = useState<Wanted>({ quantities: {}, reason: '', way: 'as-paid' });
  const lines = piecesOf(sale, wanted.quantities);
  const { back: priced, refusal } = priceBack(sale, state, { lines, way: wanted.way });
  const isPaidOtherwise = sale.payments.some(({ method }) => method !== 'cash');
  const ways: Way[] = [
    'as-paid',
    ...(isPaidOtherwise ? ['cash' as const] : []),
    ...(state.canBeCredited ? ['store-credit' as const] : []),
  ];
  const { mutate, error, isPending } = useMutation({
    mutationFn: async (request: ReturnType<typeof toRequest>) => {
      const headers = { 'idempotency-key': key };
      return (await http.post<Transaction>(`/api/checkout/transactions/${sale.id}/refunds`, request, { headers })).data;
    },
    onSuccess: onDone,
  });
  const isReady = priced !== null && wanted.reason.trim().length > 0;
  function submit(): void {
    if (!priced || !isReady) return;
    const request = toRequest(sale, wanted, priced, tillId);
    if (onExchange) onExchange({ lines: request.lines, reason: request.reason, worth: worthOf(priced) });
    else mutate(request);
  }
  return (
    <Form layout="vertical" onFinish={submit}>
      <Form.Item label={t('refunds.what')}>
        <Quantities
          sale={sale}
          state={state}
          value={wanted.quantities}
          onChange={(quantities) => setWanted({ ...wanted, quantities })}
        />
      </Form.Item>
      <RefundReason value={wanted.reason} onChange={(reason) => setWanted({ ...wanted, reason })} />
      {ways.length > 1 && !onExchange && (
        <Form.Item label={t('refunds.way')}>
          <Radio.Group
            value={wanted.way}
            onChange={(event) => setWanted({ ...wanted, way: event.target.value as Way })}
            options={ways.map((value) => ({ value, label: t(`refunds.ways.${value}`) }))}
          />
        </Form.Item>
      )}
      {priced && <VoidWithIt state={state} priced={priced} currency={sale.currency} />}
      {priced && <Consequence sale={sale} priced={priced} isExchange={onExchange !== undefined} />}
      {priced && <HandedOnNotice sale={sale} state={state} lineNos={priced.lines.map(({ lineNo }) => lineNo)} />}
      {refusal && <ErrorNotice error={refusal} />}
      {error && <ErrorNotice error={toApiError(error)} />}
      {!isReady && <p className="secondary">{t('refunds.missing')}</p>}
      {onExchange ? (
        <Button type="primary" block htmlType="submit" disabled={!isReady} className="refund-do">
          {t('refunds.chooseOthers')}
        </Button>
      ) : (
        <TakeBackButton label={t('refunds.do')} isReady={isReady} isPending={isPending} />
      )}
    </Form>
  );
}
