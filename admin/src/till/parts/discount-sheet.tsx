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

function QuickPercents({ text, onChoose }: { text: string; onChoose(percent: string): void }) {
  const { t } = useTranslation();
  const { money } = useTill();
  return (
    <div className="till-chips" role="group" aria-label={t('till.usualPercents')}>
      {QUICK_PERCENTS.map((percent) => (
        <button
          key={percent}
          type="button"
          className="till-chip"
          aria-pressed={text === percent}
          onClick={() => onChoose(percent)}
        >
          {money.percent(Number(percent) * 100)}
        </button>
      ))}
    </div>
  );
}

/** What the cart costs without the discount that it may already have. */
function useBase(): number {
  const { priced } = useTill();
  const given = priced.lines
    .flatMap((line) => line.adjustments)
    .filter((adjustment) => adjustment.source === 'manual-discount');
  return priced.totals.payable - given.reduce((total, adjustment) => total + adjustment.amount, 0);
}

/** What comes of it, while typing: too much, above the limit, or the new total. */
function Outcome({ discount, base }: { discount: ManualDiscount; base: number }) {
  const { t } = useTranslation();
  const { policy, store, money } = useTill();
  if (discount.kind === 'amount' && discount.amount > base) {
    return <p className="till-warn">{t('till.discountAboveCart', { amount: money.format(base) })}</p>;
  }
  return (
    <>
      <VerdictNote verdict={judgeDiscount(policy, store.id, new Date(), discountRate(discount, base))} />
      <p className="till-change-line">
        <span>{t('till.thenToPay')}</span>
        <strong className="amount">{money.format(base - discountOn(base, discount))}</strong>
      </p>
    </>
  );
}

/** F8: a discount on the whole cart, with its reason, within what the role allows. */
export default function DiscountSheet() {
  const { t } = useTranslation();
  const { state, dispatch, policy, store, open } = useTill();
  const { kind, setKind, reason, setReason, text, setText, discount } = useDiscountDraft();
  const base = useBase();
  const isTooLarge = discount?.kind === 'amount' && discount.amount > base;
  const isReady = discount !== null && discount.reason !== '' && !isTooLarge;
  const isAbove =
    discount !== null && judgeDiscount(policy, store.id, new Date(), discountRate(discount, base)).effect !== 'allow';

  function give(chosen: ManualDiscount | null): void {
    dispatch({ type: 'setDiscount', discount: chosen });
    open(null);
  }
  function apply(event: FormEvent): void {
    event.preventDefault();
    if (isReady) give(discount);
  }
  function choose(chosen: Kind): void {
    setKind(chosen);
    setText('');
  }

  return (
    <Sheet title={t('till.discountTitle')} onClose={() => open(null)}>
      <form className="till-form" onSubmit={apply}>
        <KindChoice kind={kind} onChoose={choose} />
        {kind === 'percent' && <QuickPercents text={text} onChoose={setText} />}
        <label>
          <span>{t(`till.discountAs.${kind}`)}</span>
          <input
            className="till-amount-field"
            inputMode="decimal"
            autoComplete="off"
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        </label>
        <ReasonField
          value={reason}
          onChange={setReason}
          suggestions={[t('till.reasons.regular'), t('till.reasons.damaged'), t('till.reasons.apology')]}
        />
        {discount && <Outcome discount={discount} base={base} />}
        <KeyButton tone="primary" type="submit" hint="↵" disabled={!isReady}>
          {isAbove ? t('till.seeWhoMay') : t('till.applyDiscount')}
        </KeyButton>
        {state.cart.discount && (
          <KeyButton tone="quiet" onClick={() => give(null)}>
            {t('till.removeDiscount')}
          </KeyButton>
        )}
      </form>
    </Sheet>
  );
}
