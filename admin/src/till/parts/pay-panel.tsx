import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useTill } from '../till-context';
import { CashKeys, MethodKeys } from './tender-keys';
import { KeyButton } from './key-button';
import { TenderEntry } from './tender-entry';
import { Totals } from './totals';
import { WaitingPanel } from './waiting-panel';

/** Nobody needs it before the first sale; the layout fetches it once the till is there. */
const DonePanel = lazy(() => import('./done-panel'));

/** While the cart is put together: the ways to pay are one tap away. */
function ReadyToPay() {
  const { t } = useTranslation();
  const { state, dispatch, isOnline, rights } = useTill();
  if (!rights.canSell) return <p className="till-hint">{t('till.mayNotSell')}</p>;
  const isEmpty = state.cart.lines.length === 0;
  return (
    <>
      {!isEmpty && <CashKeys />}
      {!isEmpty && <MethodKeys />}
      <KeyButton
        tone="primary"
        hint="F9"
        className="till-pay"
        disabled={isEmpty || !isOnline || state.quoteStatus === 'refused'}
        onClick={() => dispatch({ type: 'openPay' })}
      >
        {t('till.pay')}
      </KeyButton>
    </>
  );
}

/** The third zone: what it comes to, how it is paid, what goes back. */
export function PayPanel() {
  const { t } = useTranslation();
  const { state } = useTill();
  return (
    <section className="till-pay-panel" aria-label={t('till.payment')}>
      {state.phase === 'done' && state.receipt && (
        <Suspense>
          <DonePanel transaction={state.receipt} />
        </Suspense>
      )}
      {state.phase === 'submitting' && <WaitingPanel />}
      {(state.phase === 'selling' || state.phase === 'paying') && (
        <>
          <Totals />
          <div className="till-pay-body">{state.phase === 'selling' ? <ReadyToPay /> : <TenderEntry />}</div>
        </>
      )}
    </section>
  );
}
