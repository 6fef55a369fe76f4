import { CheckCircleFilled } from '@ant-design/icons';
import type { Transaction } from '@tessera/checkout/contracts';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
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

/** Booked. What goes back to the customer in the largest type; the next sale begins with the next tap or scan. */
export function DonePanel({ transaction }: { transaction: Transaction }) {
  const { t } = useTranslation();
  const { dispatch, money, state } = useTill();
  const [isQrShown, setQrShown] = useState(false);
  const picture = usePicture(isQrShown ? transaction.number : null);
  const { change, paid } = transaction.totals;
  return (
    <div className="till-done" role="status">
      <p className="till-done-title">
        <CheckCircleFilled aria-hidden="true" /> {t('till.booked')}
      </p>
      <span className="till-totals-label">{change > 0 ? t('till.change') : t('till.paid')}</span>
      <output className="till-total amount" aria-label={change > 0 ? t('till.change') : t('till.paid')}>
        {money.format(change > 0 ? change : paid)}
      </output>
      {change > 0 && <span className="till-hint">{t('till.paidOf', { amount: money.format(paid) })}</span>}
      {state.paidBack.map(({ method, amount }) => (
        <strong key={method} className="till-warn">
          {t('till.exchangeGoesBack', { method: t(`till.method.${method}`), amount: money.format(amount) })}
        </strong>
      ))}
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
