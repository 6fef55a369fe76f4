import { CreditCardOutlined, SwapOutlined, WalletOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { quickCash } from '../model/quick-cash';
import { remainingWith } from '../model/tenders';
import { useTill } from '../till-context';

function useCanTender(): boolean {
  const { state, isOnline } = useTill();
  return isOnline && state.quoteStatus === 'fresh';
}

/** Cash in one tap: exactly, or the notes that customers hand over. Books the sale when it covers what is open. */
export function CashKeys() {
  const { t } = useTranslation();
  const { state, dispatch, priced, money, seal } = useTill();
  const canTender = useCanTender();
  const due = remainingWith(priced.totals, state.tenders, 'cash');
  if (due === 0) return null;
  const take = (entered: number) => dispatch({ type: 'tender', entry: { method: 'cash', entered }, seal: seal() });
  return (
    <div className="till-cash-keys" role="group" aria-label={t('till.cash')}>
      <button
        type="button"
        className="till-key till-key-plain till-exact"
        disabled={!canTender}
        onClick={() => take(due)}
      >
        <span>{t('till.exactCash')}</span>
        <span className="amount">{money.format(due)}</span>
      </button>
      {quickCash(due, money.currency).map((amount) => (
        <button
          key={amount}
          type="button"
          className="till-key till-key-plain amount"
          disabled={!canTender}
          aria-label={t('till.cashOf', { amount: money.format(amount) })}
          onClick={() => take(amount)}
        >
          {money.format(amount).replace(/\.0+$/, '')}
        </button>
      ))}
    </div>
  );
}

const ICONS = { card: CreditCardOutlined, transfer: SwapOutlined };

/** The member's stored value in one tap: as much of the bill as there is and as it may pay. */
function StoredValueKey() {
  const { t } = useTranslation();
  const { state, dispatch, priced, money, seal } = useTill();
  const canTender = useCanTender();
  const most = state.quote?.cards?.storedValue.most ?? 0;
  const paid = state.tenders
    .filter(({ method }) => method === 'stored-value')
    .reduce((all, { amount }) => all + amount, 0);
  const amount = Math.min(most - paid, remainingWith(priced.totals, state.tenders, 'stored-value'));
  if (amount <= 0) return null;
  return (
    <button
      type="button"
      className="till-key till-key-plain till-exact"
      disabled={!canTender}
      onClick={() => dispatch({ type: 'tender', entry: { method: 'stored-value', entered: amount }, seal: seal() })}
    >
      <span>
        <WalletOutlined aria-hidden="true" /> {t('till.method.stored-value')}
      </span>
      <span className="amount">{money.format(amount)}</span>
    </button>
  );
}

/** Card and transfer are confirmed elsewhere first, so they ask before they book. */
export function MethodKeys() {
  const { t } = useTranslation();
  const { state, dispatch } = useTill();
  const canTender = useCanTender();
  return (
    <div className="till-method-keys">
      <StoredValueKey />
      {(['card', 'transfer'] as const).map((method) => {
        const Icon = ICONS[method];
        return (
          <button
            key={method}
            type="button"
            className="till-key till-key-plain"
            disabled={!canTender}
            onClick={() =>
              dispatch(state.phase === 'paying' ? { type: 'ask', method } : { type: 'openPay', asking: method })
            }
          >
            <Icon aria-hidden="true" />
            <span>{t(`till.method.${method}`)}</span>
          </button>
        );
      })}
    </div>
  );
}
