import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useTill } from '../till-context';
import { KeyButton } from './key-button';

type Pane = 'catalogue' | 'cart';

interface PanesProps {
  catalogue: ReactNode;
  cart: ReactNode;
}

/** Narrow screens: catalogue and cart side by side to swipe between, paying in a sheet. */
export function Panes({ catalogue, cart }: PanesProps) {
  const { t } = useTranslation();
  const { state, priced, money, dispatch, rights } = useTill();
  const strip = useRef<HTMLDivElement>(null);
  const [shown, setShown] = useState<Pane>('catalogue');
  const pieces = state.cart.lines.reduce((total, line) => total + line.quantity, 0);
  const isEmpty = state.cart.lines.length === 0;

  function show(pane: Pane): void {
    const width = strip.current?.clientWidth ?? 0;
    strip.current?.scrollTo({ left: pane === 'cart' ? width : 0 });
    setShown(pane);
  }

  useEffect(() => {
    const element = strip.current;
    if (!element) return undefined;
    const follow = () => setShown(element.scrollLeft > element.clientWidth / 2 ? 'cart' : 'catalogue');
    element.addEventListener('scroll', follow, { passive: true });
    return () => element.removeEventListener('scroll', follow);
  }, []);

  return (
    <>
      <div className="till-segments" role="group" aria-label={t('till.panes')}>
        <button type="button" aria-pressed={shown === 'catalogue'} onClick={() => show('catalogue')}>
          {t('till.catalogue')}
        </button>
        <button type="button" aria-pressed={shown === 'cart'} onClick={() => show('cart')}>
          {t('till.cartOf', { number: pieces })}
        </button>
      </div>
      <div ref={strip} className="till-strip">
        {catalogue}
        {cart}
      </div>
      <div className="till-foot">
        <div>
          <span className="till-totals-label">{t('till.toPay')}</span>
          <output className="till-foot-total amount" aria-label={t('till.toPay')}>
            {money.format(priced.totals.payable)}
          </output>
        </div>
        <KeyButton
          tone="primary"
          hint="F9"
          className="till-pay"
          disabled={isEmpty || !rights.canSell || state.quoteStatus === 'refused'}
          onClick={() => dispatch({ type: 'openPay' })}
        >
          {t('till.pay')}
        </KeyButton>
      </div>
    </>
  );
}
