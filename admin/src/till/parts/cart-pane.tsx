import { ShoppingOutlined } from '@ant-design/icons';
import { lazy, Suspense, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { useTill } from '../till-context';
import { CartLine } from './cart-line';
import { KeyButton } from './key-button';
import { MemberBar } from './member-bar';
import { Notice } from './notice';
import { PointsBar } from './points-bar';
import { TierBar } from './tier-bar';

/** Only where somebody has coupons. */
const CouponBar = lazy(() => import('./coupon-bar'));

function Coupons() {
  const { state, rights } = useTill();
  const isSelling = state.phase === 'selling' || state.phase === 'paying';
  const mayHave = state.cart.coupons.length > 0 || state.cart.member !== null;
  if (!isSelling || !rights.canRedeemCoupons || !mayHave) return null;
  return (
    <Suspense fallback={null}>
      <CouponBar />
    </Suspense>
  );
}

/** Only where goods come back. */
const ExchangeBar = lazy(() => import('./exchange-bar'));

/** Most carts have no cards: their keys are fetched beside the first sale. */
const CardsBar = lazy(() => import('./cards-bar'));

function CartKeys() {
  const { t } = useTranslation();
  const { state, dispatch, rights, open } = useTill();
  const isEmpty = state.cart.lines.length === 0;
  // A held cart knows nothing of what came back.
  const isExchange = state.cart.exchange !== null;
  const isLocked = state.phase === 'submitting' || state.tenders.length > 0;
  return (
    <div className="till-cart-keys">
      {rights.canHold && (
        <KeyButton tone="quiet" hint="F4" disabled={isLocked || isExchange} onClick={() => open({ kind: 'hold' })}>
          {isEmpty ? t('till.heldCarts') : t('till.hold')}
        </KeyButton>
      )}
      {rights.canDiscount && (
        <KeyButton tone="quiet" hint="F8" disabled={isEmpty || isLocked} onClick={() => open({ kind: 'discount' })}>
          {t('till.discount')}
        </KeyButton>
      )}
      {rights.canRedeemCoupons && (
        <KeyButton tone="quiet" disabled={isEmpty || isLocked} onClick={() => open({ kind: 'coupons' })}>
          {t('till.coupons')}
        </KeyButton>
      )}
      <KeyButton
        tone="quiet"
        disabled={(isEmpty && !isExchange) || isLocked}
        onClick={() => dispatch({ type: 'empty' })}
      >
        {t('till.emptyCart')}
      </KeyButton>
    </div>
  );
}

/** Who buys what. */
export function CartPane({ memberField }: { memberField: RefObject<HTMLInputElement> }) {
  const { t } = useTranslation();
  const { priced, state } = useTill();
  return (
    <section className="till-cart" aria-label={t('till.cart')}>
      <Suspense fallback={null}>{state.cart.exchange && state.phase !== 'done' && <ExchangeBar />}</Suspense>
      <MemberBar field={memberField} />
      <TierBar />
      <PointsBar />
      <Suspense fallback={null}>
        <CardsBar />
      </Suspense>
      <Coupons />
      <Notice />
      {priced.lines.length === 0 ? (
        <div className="till-empty">
          <ShoppingOutlined aria-hidden="true" className="till-empty-icon" />
          <strong>{t('till.emptyTitle')}</strong>
          <span>{t('till.emptyText')}</span>
        </div>
      ) : (
        <ul className="till-lines">
          {priced.lines.map((line) => (
            <CartLine key={line.line.key} priced={line} />
          ))}
        </ul>
      )}
      <CartKeys />
    </section>
  );
}
