import type { CouponOffer } from '@tessera/checkout/contracts';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { pick } from '../../providers/i18n';
import { useTill } from '../till-context';
import { CouponReason, useCouponDays } from './coupon-reason';
import { KeyButton } from './key-button';
import { Sheet } from './sheet';

function Offer({ offer, onUse }: { offer: CouponOffer; onUse(code: string): void }) {
  const { t } = useTranslation();
  const { money } = useTill();
  const { last } = useCouponDays();
  const { code, label, validUntil, saving, reason } = offer;
  return (
    <li className="till-coupon-offer">
      <span>
        <strong>{pick(label)}</strong>
        {validUntil && <span className="till-hint"> {t('till.couponUntil', { day: last(validUntil) })}</span>}
        {reason && (
          <span className="till-hint till-coupon-why">
            <CouponReason refused={offer} />
          </span>
        )}
      </span>
      {saving > 0 && (
        <KeyButton onClick={() => onUse(code)}>{t('till.couponSaves', { amount: money.format(saving) })}</KeyButton>
      )}
    </li>
  );
}

/** A code that was brought, and the member's own coupons: best saving first, each other one with the reason why not. */
export default function CouponSheet() {
  const { t } = useTranslation();
  const { state, dispatch, open } = useTill();
  const [code, setCode] = useState('');
  const offers = state.quote?.couponOffers ?? [];

  function take(given: string): void {
    dispatch({ type: 'addCoupon', code: given });
    open(null);
  }
  function submit(event: FormEvent): void {
    event.preventDefault();
    if (code.trim() !== '') take(code);
  }
  return (
    <Sheet title={t('till.coupons')} onClose={() => open(null)}>
      <form className="till-form" onSubmit={submit}>
        <label>
          <span>{t('till.couponCode')}</span>
          <input
            className="till-amount-field"
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
            maxLength={64}
            value={code}
            onChange={({ target }) => setCode(target.value)}
          />
        </label>
        <KeyButton tone="primary" type="submit" hint="↵" disabled={code.trim() === ''}>
          {t('till.addCoupon')}
        </KeyButton>
      </form>
      {state.cart.member && (
        <>
          <h3 className="till-coupon-title">{t('till.couponsOfMember')}</h3>
          {offers.length === 0 && <p className="till-hint">{t('till.couponsNone')}</p>}
          <ul className="till-coupons">
            {offers.map((offer) => (
              <Offer key={offer.code} offer={offer} onUse={take} />
            ))}
          </ul>
        </>
      )}
    </Sheet>
  );
}
