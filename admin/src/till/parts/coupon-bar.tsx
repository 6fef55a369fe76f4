import { CloseOutlined } from '@ant-design/icons';
import { spelledCouponCode } from '@tessera/campaigns/contracts';
import type { CouponOffer, Quote } from '@tessera/checkout/contracts';
import { useTranslation } from 'react-i18next';
import { pick } from '../../providers/i18n';
import { useLast } from '../effects/use-last';
import { useTill } from '../till-context';
import { CouponReason } from './coupon-reason';

/** A coupon of the cart: what it takes off, or why it does not. */
function CouponChip({ code, quote }: { code: string; quote: Quote | null }) {
  const { t } = useTranslation();
  const { state, dispatch, money } = useTill();
  const applied = quote?.coupons.find((coupon) => coupon.code === code);
  const refused = quote?.rejected.find((each) => each.code === code);
  const name = applied ? pick(applied.label) : spelledCouponCode(code);
  return (
    <li className={refused ? 'till-coupon till-coupon-refused' : 'till-coupon'}>
      <span>
        {name}
        {applied && <strong className="amount till-good"> {money.format(-applied.taken)}</strong>}
        {refused && (
          <span className="till-hint">
            {' '}
            <CouponReason refused={refused} />
          </span>
        )}
      </span>
      <button
        type="button"
        className="till-icon-button"
        aria-label={t('till.removeCoupon', { name })}
        disabled={state.phase === 'submitting'}
        onClick={() => dispatch({ type: 'removeCoupon', code })}
      >
        <CloseOutlined />
      </button>
    </li>
  );
}

/** The member's best coupon that is not in the cart yet, one tap away; the others are a sheet. */
function BestOffer({ offers }: { offers: readonly CouponOffer[] }) {
  const { t } = useTranslation();
  const { dispatch, money, open } = useTill();
  const [best] = offers;
  if (!best) return null;
  return (
    <div className="till-chips">
      {best.saving > 0 && (
        <button type="button" className="till-chip" onClick={() => dispatch({ type: 'addCoupon', code: best.code })}>
          {t('till.useCoupon', { name: pick(best.label), amount: money.format(best.saving) })}
        </button>
      )}
      <button type="button" className="till-chip" onClick={() => open({ kind: 'coupons' })}>
        {t('till.couponsHeld', { number: offers.length })}
      </button>
    </div>
  );
}

/** Under the member: the coupons of the cart, and what else could be used. */
export default function CouponBar() {
  const { t } = useTranslation();
  const { state } = useTill();
  const { coupons } = state.cart;
  const quote = useLast(state.quote);
  const offers = quote && quote.memberId === (state.cart.member?.id ?? null) ? quote.couponOffers : [];
  if (coupons.length === 0 && offers.length === 0) return null;
  return (
    <div className="till-points">
      {coupons.length > 0 && (
        <ul className="till-coupons" aria-label={t('till.coupons')}>
          {coupons.map((code) => (
            <CouponChip key={code} code={code} quote={quote} />
          ))}
        </ul>
      )}
      <BestOffer offers={offers} />
    </div>
  );
}
