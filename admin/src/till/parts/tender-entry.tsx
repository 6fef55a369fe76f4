import { CloseOutlined } from '@ant-design/icons';
import { useEffect, useRef, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { parseAmount } from '../model/parse-amount';
import { isCovered, paidBy, remainingWith, tenderOf, type Method } from '../model/tenders';
import { useTill } from '../till-context';
import { KeyButton } from './key-button';
import { CashKeys, MethodKeys } from './tender-keys';

function TenderList() {
  const { t } = useTranslation();
  const { state, dispatch, money } = useTill();
  if (state.tenders.length === 0) return null;
  return (
    <ul className="till-tenders" aria-label={t('till.paidSoFar')}>
      {state.tenders.map((tender, index) => (
        <li key={`${tender.method}-${index}`}>
          <span>{t(`till.method.${tender.method}`)}</span>
          <span className="amount">{money.format(tender.amount)}</span>
          <button
            type="button"
            className="till-icon-button"
            aria-label={t('till.takeBack', { method: t(`till.method.${tender.method}`) })}
            onClick={() => dispatch({ type: 'removeTender', index })}
          >
            <CloseOutlined />
          </button>
        </li>
      ))}
    </ul>
  );
}

/** Amount of one payment, beginning with all that is open; Enter takes it. */
function AmountForm({ method }: { method: Method }) {
  const { t } = useTranslation();
  const { state, dispatch, priced, money, seal, isOnline, isWide } = useTill();
  const remaining = remainingWith(priced.totals, state.tenders, method);
  const [text, setText] = useState(money.plain(remaining));
  const [reference, setReference] = useState('');
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (!isWide) return;
    field.current?.focus();
    field.current?.select();
  }, [isWide]);

  const entered = parseAmount(text, money.decimals);
  const entry = entered === null ? null : { method, entered, reference };
  const made = entry && tenderOf(priced.totals, state.tenders, entry);
  const isReady = isOnline && state.quoteStatus === 'fresh' && made !== null;
  const change = made?.received === undefined ? 0 : made.received - made.amount;
  const isTooMuch = method !== 'cash' && entered !== null && entered > remaining;

  function take(event: FormEvent): void {
    event.preventDefault();
    if (entry && isReady && !isTooMuch) dispatch({ type: 'tender', entry, seal: seal() });
  }

  return (
    <form className="till-form" onSubmit={take}>
      {method !== 'cash' && <p className="till-hint">{t(`till.confirmElsewhere.${method}`)}</p>}
      <label>
        <span>{method === 'cash' ? t('till.received') : t('till.amount')}</span>
        <input
          ref={field}
          inputMode="decimal"
          autoComplete="off"
          className="till-amount-field"
          value={text}
          aria-invalid={entered === null || isTooMuch}
          onChange={(event) => setText(event.target.value)}
        />
      </label>
      {entered === null && <p className="till-warn">{t('till.notAnAmount')}</p>}
      {isTooMuch && <p className="till-warn">{t('till.tooMuch', { amount: money.format(remaining) })}</p>}
      {method !== 'cash' && (
        <label>
          <span>{t('till.reference')}</span>
          <input
            value={reference}
            maxLength={64}
            autoComplete="off"
            onChange={(event) => setReference(event.target.value)}
          />
        </label>
      )}
      {change > 0 && (
        <p className="till-change-line">
          <span>{t('till.change')}</span>
          <strong className="amount">{money.format(change)}</strong>
        </p>
      )}
      <KeyButton tone="primary" type="submit" hint="↵" className="till-pay" disabled={!isReady || isTooMuch}>
        {method === 'cash' ? t('till.takeCash') : t(`till.confirmed.${method}`)}
      </KeyButton>
    </form>
  );
}

function NothingToPay() {
  const { t } = useTranslation();
  const { dispatch, seal } = useTill();
  return (
    <KeyButton
      tone="primary"
      hint="↵"
      autoFocus
      className="till-pay"
      onClick={() => dispatch({ type: 'finishFree', seal: seal() })}
    >
      {t('till.finishFree')}
    </KeyButton>
  );
}

/** Paying: one tender after the other until nothing is open. */
export function TenderEntry() {
  const { t } = useTranslation();
  const { state, dispatch, priced, money } = useTill();
  const method = state.asking ?? 'cash';
  const isFree = state.quoteStatus === 'fresh' && isCovered(priced.totals, state.tenders);
  const remaining = remainingWith(priced.totals, state.tenders, method);
  return (
    <>
      {state.tenders.length > 0 && (
        <p className="till-change-line">
          <span>{t('till.stillOpen')}</span>
          <strong className="amount">{money.format(remaining)}</strong>
        </p>
      )}
      <TenderList />
      {isFree ? (
        <NothingToPay />
      ) : (
        // Another method or another rest begins with its own amount.
        <AmountForm key={`${method} ${paidBy(state.tenders)} ${state.quoteStatus} ${remaining}`} method={method} />
      )}
      {!isFree && state.asking === null && (
        <>
          <CashKeys />
          <MethodKeys />
        </>
      )}
      <KeyButton tone="quiet" hint="Esc" onClick={() => dispatch({ type: 'leavePay' })}>
        {state.asking === null ? t('till.backToCart') : t('till.otherMethod')}
      </KeyButton>
    </>
  );
}
