import { CheckCircleFilled } from '@ant-design/icons';
import type { Exchange, Transaction } from '@tessera/checkout/contracts';
import { sum } from '@tessera/kernel/domain';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { pick } from '../../providers/i18n';
import { useTill } from '../till-context';
import { KeyButton } from './key-button';
import { ReceiptKeys } from './receipt-keys';

function usePicture(text: string | null): string | null {
  const [picture, setPicture] = useState<string | null>(null);
  useEffect(() => {
    if (text === null) return undefined;
    let isWanted = true;
    void import('qrcode')
      .then(({ toDataURL }) => toDataURL(text, { margin: 1, width: 200 }))
      .then((url) => {
        if (isWanted) setPicture(url);
      });
    return () => {
      isWanted = false;
    };
  }, [text]);
  return text === null ? null : picture;
}

/** What the customer gets, or else what was paid: of an exchange, the difference. Minor units. */
function toldOf({ change, paid }: Transaction['totals'], exchangeNet: Exchange['net'] | null) {
  if (change > 0) return { label: 'till.change', amount: change };
  if (!exchangeNet) return { label: 'till.paid', amount: paid };
  const net = sum(exchangeNet.map(({ amount }) => amount));
  return net < 0 ? { label: 'till.exchangeBack', amount: -net } : { label: 'till.paid', amount: net };
}

/** Booked. What goes back to the customer in the largest type; the next sale begins with the next tap or scan. */
export default function DonePanel({ transaction }: { transaction: Transaction }) {
  const { t } = useTranslation();
  const { dispatch, money, state } = useTill();
  const [isQrShown, setQrShown] = useState(false);
  const picture = usePicture(isQrShown ? transaction.number : null);
  const { change, paid } = transaction.totals;
  const { exchangeNet } = state;
  const told = toldOf(transaction.totals, exchangeNet);
  return (
    <div className="till-done" role="status">
      <p className="till-done-title">
        <CheckCircleFilled aria-hidden="true" /> {t('till.booked')}
      </p>
      <span className="till-totals-label">{t(told.label)}</span>
      <output className="till-total amount" aria-label={t(told.label)}>
        {money.format(told.amount)}
      </output>
      {exchangeNet ? (
        <span className="till-hint">{t('till.exchangeGoods', { amount: money.format(paid) })}</span>
      ) : (
        change > 0 && <span className="till-hint">{t('till.paidOf', { amount: money.format(paid) })}</span>
      )}
      {exchangeNet?.map(({ method, amount }) =>
        amount < 0 ? (
          <strong key={method} className="till-warn">
            {t('till.exchangeGoesBack', { method: t(`till.method.${method}`), amount: money.format(-amount) })}
          </strong>
        ) : null,
      )}
      {transaction.points && transaction.points.earned > 0 && (
        <span className="till-hint">{t('till.pointsGiven', { points: transaction.points.earned })}</span>
      )}
      {transaction.cards?.map(({ cardId, number, left }) =>
        left === null ? null : (
          <span key={cardId} className="till-hint">
            {t('till.leftOnCard', { number: number.slice(-4), amount: money.format(left) })}
          </span>
        ),
      )}
      {transaction.coupons?.map(({ label, quantity }) => (
        <span key={label.en} className="till-hint">
          {t('till.couponsGiven', { count: quantity, name: pick(label) })}
        </span>
      ))}
      <span className="till-number">{transaction.number}</span>
      {picture && <img src={picture} alt={t('till.qrOf', { number: transaction.number })} className="till-qr" />}
      <ReceiptKeys transaction={transaction} isQrShown={isQrShown} onToggleQr={() => setQrShown(!isQrShown)} />
      <KeyButton tone="primary" hint="↵" className="till-pay" onClick={() => dispatch({ type: 'nextSale' })}>
        {t('till.nextSale')}
      </KeyButton>
      <p className="till-hint">{t('till.nextSaleHint')}</p>
    </div>
  );
}
