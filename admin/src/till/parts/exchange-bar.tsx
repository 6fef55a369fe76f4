import { CloseOutlined, SwapOutlined } from '@ant-design/icons';
import { useTranslation } from 'react-i18next';
import { useTill } from '../till-context';

/** Above the cart: what comes back and what it does to this sale. */
export default function ExchangeBar() {
  const { t } = useTranslation();
  const { state, dispatch, money } = useTill();
  const { exchange, lines } = state.cart;
  if (!exchange) return null;
  const { number, worth } = exchange;
  const share = state.exchangeShare;
  return (
    <div className="till-member">
      <SwapOutlined aria-hidden="true" className="till-member-icon" />
      <div className="till-member-who">
        <strong>{t('till.exchangeOf', { number })}</strong>
        <span className="till-member-details">
          {share
            ? t('till.exchangePays', { amount: money.format(share.carried) })
            : t('till.exchangeWorth', { amount: money.format(worth) })}
        </span>
        {lines.length === 0 && <span className="till-member-details">{t('till.exchangeChoose')}</span>}
        {share?.goesBack.map(({ method, amount }) => (
          <span key={method} className="till-member-details till-warn">
            {t('till.exchangeGoesBack', { method: t(`till.method.${method}`), amount: money.format(amount) })}
          </span>
        ))}
      </div>
      <button
        type="button"
        className="till-icon-button"
        aria-label={t('till.exchangeLeave')}
        disabled={state.phase === 'submitting'}
        onClick={() => dispatch({ type: 'exchange', exchange: null })}
      >
        <CloseOutlined />
      </button>
    </div>
  );
}
