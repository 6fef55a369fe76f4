import { useTranslation } from 'react-i18next';
import { useTill } from '../till-context';

/** What it comes to, in the largest type of the page, and how it comes about. */
export function Totals() {
  const { t } = useTranslation();
  const { priced, money, state } = useTill();
  const { totals, isEstimate } = priced;
  const hasCashRounding = totals.payableInCash !== totals.payable;
  return (
    <div className="till-totals" aria-live="polite">
      <span className="till-totals-label">{t('till.toPay')}</span>
      <output className="till-total amount" data-estimate={isEstimate} aria-label={t('till.toPay')}>
        {money.format(totals.payable)}
      </output>
      <dl>
        {totals.discount !== 0 && (
          <>
            <dt>{t('till.listTotal')}</dt>
            <dd className="amount">{money.format(totals.list)}</dd>
            <dt>{t('till.savings')}</dt>
            <dd className="amount till-good">{money.format(-totals.discount)}</dd>
          </>
        )}
        {totals.tax !== 0 && (
          <>
            <dt>{t('till.taxIncluded')}</dt>
            <dd className="amount">{money.format(totals.tax)}</dd>
          </>
        )}
        {hasCashRounding && (
          <>
            <dt>{t('till.inCash')}</dt>
            <dd className="amount">{money.format(totals.payableInCash)}</dd>
          </>
        )}
      </dl>
      {state.quoteStatus === 'unreachable' && <p className="till-hint">{t('till.estimate')}</p>}
    </div>
  );
}
