import type { ManualDiscount } from '@tessera/checkout/contracts';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { parseAmount, parsePercent } from '../model/parse-amount';
import { discountOn } from '../model/price-cart';
import { discountRate, judgeDiscount } from '../model/till-permissions';
import { useTill } from '../till-context';
import { KeyButton } from './key-button';
import { ReasonField } from './reason-field';
import { Sheet } from './sheet';
import { VerdictNote } from './verdict-note';

const QUICK_PERCENTS = ['5', '10', '15', '20'];
type Kind = ManualDiscount['kind'];

function KindChoice({ kind, onChoose }: { kind: Kind; onChoose(kind: Kind): void }) {
  const { t } = useTranslation();
  return (
    <div className="till-segments" role="group" aria-label={t('till.discountKind')}>
      {(['percent', 'amount'] as const).map((choice) => (
        <button key={choice} type="button" aria-pressed={kind === choice} onClick={() => onChoose(choice)}>
          {t(`till.discountAs.${choice}`)}
        </button>
      ))}
    </div>
  );
}

function useDiscountDraft() {
  const { state, money } = useTill();
  const given = state.cart.discount;
  const [kind, setKind] = useState<Kind>(given?.kind ?? 'percent');
  const [reason, setReason] = useState(given?.reason ?? '');
  const [text, setText] = useState(() => {
    if (!given) return '';
    return given.kind === 'percent' ? String(given.basisPoints / 100) : money.plain(given.amount);
  });
  function made(): ManualDiscount | null {
    const because = reason.trim();
    if (kind === 'percent') {
      const basisPoints = parsePercent(text);
      return basisPoints === null ? null : { kind, basisPoints, reason: because };
    }
    const amount = parseAmount(text, money.decimals);
    return amount === null || amount === 0 ? null : { kind, amount, reason: because };
  }
  return { kind, setKind, reason, setReason, text, setText, discount: made() };
}

/** F8: a discount on the whole cart, with its reason, within what the role allows. */
export function DiscountSheet() {
  const { t } = useTranslation();
  const { state, dispatch, policy, store, priced, money, open } = useTill();
  const { kind, setKind, reason, setReason, text, setText, discount } = useDiscountDraft();
  const already = priced.lines.flatMap((line) => line.adjustments).filter((a) => a.source === 'manual-discount');
  const base = priced.totals.payable - already.reduce((total, adjustment) => total + adjustment.amount, 0);
  const verdict = discount && judgeDiscount(policy, store.id, new Date(), discountRate(discount, base));
  const isAbove = verdict !== null && verdict.effect !== 'allow';
  const isReady = discount !== null && discount.reason !== '';

  function apply(event: FormEvent): void {
    event.preventDefault();
    if (!isReady) return;
    dispatch({ type: 'setDiscount', discount });
    open(null);
  }

  return (
    <Sheet title={t('till.discountTitle')} onClose={() => open(null)}>
      <form className="till-form" onSubmit={apply}>
        <KindChoice
          kind={kind}
          onChoose={(chosen) => {
            setKind(chosen);
            setText('');
          }}
        />
        {kind === 'percent' && (
          <div className="till-chips" role="group" aria-label={t('till.usualPercents')}>
            {QUICK_PERCENTS.map((percent) => (
              <button
                key={percent}
                type="button"
                className="till-chip"
                aria-pressed={text === percent}
                onClick={() => setText(percent)}
              >
                {money.percent(Number(percent) * 100)}
              </button>
            ))}
          </div>
        )}
        <label>
          <span>{t(`till.discountAs.${kind}`)}</span>
          <input
            autoFocus
            className="till-amount-field"
            inputMode="decimal"
            autoComplete="off"
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        </label>
        {verdict && <VerdictNote verdict={verdict} />}
        <ReasonField
          value={reason}
          onChange={setReason}
          suggestions={[t('till.reasons.regular'), t('till.reasons.damaged'), t('till.reasons.apology')]}
        />
        {discount && (
          <p className="till-change-line">
            <span>{t('till.thenToPay')}</span>
            <strong className="amount">{money.format(base - discountOn(base, discount))}</strong>
          </p>
        )}
        <KeyButton tone="primary" type="submit" hint="↵" disabled={!isReady}>
          {isAbove ? t('till.seeWhoMay') : t('till.applyDiscount')}
        </KeyButton>
        {state.cart.discount && (
          <KeyButton
            tone="quiet"
            onClick={() => {
              dispatch({ type: 'setDiscount', discount: null });
              open(null);
            }}
          >
            {t('till.removeDiscount')}
          </KeyButton>
        )}
      </form>
    </Sheet>
  );
}
