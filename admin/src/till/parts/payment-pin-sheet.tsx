import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { paymentPin } from '../effects/payment-pin';
import type { Problem } from '../model/problem';
import { useTill } from '../till-context';
import { KeyButton } from './key-button';
import { Sheet } from './sheet';

const DIGITS = 6;

/** So much stored value is paid with the member's PIN: the member types it here, and the sale is paid again. */
export default function PaymentPinSheet({ reason, left }: Extract<Problem, { kind: 'payment-pin' }>) {
  const { t } = useTranslation();
  const { state, dispatch } = useTill();
  const [pin, setPin] = useState('');
  const canTry = reason === 'needed' || reason === 'wrong';
  const dismiss = () => dispatch({ type: 'dismiss' });
  function confirm(event: FormEvent): void {
    event.preventDefault();
    if (pin.length !== DIGITS || !state.saleKey) return;
    paymentPin.remember(state.saleKey, pin);
    dismiss();
    dispatch({ type: 'openPay' });
  }
  return (
    <Sheet title={t('till.paymentPin.title')} onClose={dismiss}>
      <p className="till-statement" role={reason === 'wrong' ? 'alert' : undefined}>
        {t(`till.paymentPin.${reason}`, { count: left })}
      </p>
      {canTry && (
        <form className="till-form" onSubmit={confirm}>
          <label>
            <span>{t('till.paymentPin.pin')}</span>
            <input
              type="password"
              inputMode="numeric"
              autoComplete="off"
              maxLength={DIGITS}
              value={pin}
              onChange={(event) => setPin(event.target.value.replace(/\D/g, ''))}
            />
          </label>
          <p className="till-hint">{t('till.paymentPin.thenPay')}</p>
          <KeyButton tone="primary" type="submit" disabled={pin.length !== DIGITS}>
            {t('till.paymentPin.confirm')}
          </KeyButton>
        </form>
      )}
      <KeyButton tone="quiet" hint="Esc" onClick={dismiss}>
        {t('till.backToCart')}
      </KeyButton>
    </Sheet>
  );
}
