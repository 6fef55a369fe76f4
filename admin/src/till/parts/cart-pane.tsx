import { ShoppingOutlined } from '@ant-design/icons';
import type { RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { useTill } from '../till-context';
import { CardsBar } from './cards-bar';
import { CartLine } from './cart-line';
import { KeyButton } from './key-button';
import { MemberBar } from './member-bar';
import { Notice } from './notice';
import { PointsBar } from './points-bar';

function CartKeys() {
  const { t } = useTranslation();
  const { state, dispatch, rights, open } = useTill();
  const isEmpty = state.cart.lines.length === 0;
  const isLocked = state.phase === 'submitting' || state.tenders.length > 0;
  return (
    <div className="till-cart-keys">
      {rights.canHold && (
        <KeyButton tone="quiet" hint="F4" disabled={isLocked} onClick={() => open({ kind: 'hold' })}>
          {isEmpty ? t('till.heldCarts') : t('till.hold')}
        </KeyButton>
      )}
      {rights.canDiscount && (
        <KeyButton tone="quiet" hint="F8" disabled={isEmpty || isLocked} onClick={() => open({ kind: 'discount' })}>
          {t('till.discount')}
        </KeyButton>
      )}
      <KeyButton tone="quiet" disabled={isEmpty || isLocked} onClick={() => dispatch({ type: 'empty' })}>
        {t('till.emptyCart')}
      </KeyButton>
    </div>
  );
}

/** Who buys what. */
export function CartPane({ memberField }: { memberField: RefObject<HTMLInputElement> }) {
  const { t } = useTranslation();
  const { priced } = useTill();
  return (
    <section className="till-cart" aria-label={t('till.cart')}>
      <MemberBar field={memberField} />
      <PointsBar />
      <CardsBar />
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
