import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { nameOf } from '../../providers/i18n';
import { parseAmount } from '../model/parse-amount';
import type { PricedLine } from '../model/price-cart';
import { judgeOverride, reductionOf } from '../model/till-permissions';
import { useTill } from '../till-context';
import { KeyButton } from './key-button';
import { ReasonField } from './reason-field';
import { Sheet } from './sheet';
import { VerdictNote } from './verdict-note';

/** Another unit price for one line, with its reason, within what the role allows. */
export default function PriceSheet({ priced }: { priced: PricedLine }) {
  const { t } = useTranslation();
  const { dispatch, policy, store, money, open } = useTill();
  const { line, listUnitPrice } = priced;
  const [text, setText] = useState(money.plain(line.unitPrice ?? listUnitPrice));
  const [reason, setReason] = useState(line.priceReason ?? '');
  const unitPrice = parseAmount(text, money.decimals);
  const isChanged = unitPrice !== null && unitPrice !== listUnitPrice;
  const verdict = isChanged ? judgeOverride(policy, store.id, new Date(), reductionOf(unitPrice, listUnitPrice)) : null;
  const isReady = isChanged && reason.trim() !== '';

  function setOverride(override: { unitPrice: number; reason: string } | null): void {
    dispatch({ type: 'overridePrice', key: line.key, override });
    open(null);
  }

  function apply(event: FormEvent): void {
    event.preventDefault();
    if (isReady) setOverride({ unitPrice, reason: reason.trim() });
  }

  return (
    <Sheet title={t('till.priceTitle', { name: nameOf(priced) })} onClose={() => open(null)}>
      <form className="till-form" onSubmit={apply}>
        <p className="till-change-line">
          <span>{t('till.listPrice')}</span>
          <strong className="amount">{money.format(listUnitPrice)}</strong>
        </p>
        <label>
          <span>{t('till.newPrice')}</span>
          <input
            className="till-amount-field"
            inputMode="decimal"
            autoComplete="off"
            value={text}
            onFocus={(event) => event.target.select()}
            onChange={(event) => setText(event.target.value)}
          />
        </label>
        {unitPrice === null && <p className="till-warn">{t('till.notAnAmount')}</p>}
        {verdict && <VerdictNote verdict={verdict} />}
        <ReasonField
          value={reason}
          onChange={setReason}
          suggestions={[t('till.reasons.wrongLabel'), t('till.reasons.damaged'), t('till.reasons.apology')]}
        />
        <KeyButton tone="primary" type="submit" hint="↵" disabled={!isReady}>
          {verdict && verdict.effect !== 'allow' ? t('till.seeWhoMay') : t('till.applyPrice')}
        </KeyButton>
        {line.unitPrice !== undefined && (
          <KeyButton tone="quiet" onClick={() => setOverride(null)}>
            {t('till.backToListPrice')}
          </KeyButton>
        )}
      </form>
    </Sheet>
  );
}
