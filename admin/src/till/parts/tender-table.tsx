import type { ShiftTender } from '@tessera/checkout/contracts';
import { useTranslation } from 'react-i18next';
import { Amount } from '../../components/amount';
import { useTill } from '../till-context';

/** Expected, counted and the difference, per tender. */
export function TenderTable({
  tenders,
}: {
  tenders: readonly Pick<ShiftTender, 'method' | 'expected' | 'counted' | 'difference'>[];
}) {
  const { t } = useTranslation();
  const { money } = useTill();
  return (
    <table className="till-compare">
      <thead>
        <tr>
          <th scope="col">{t('shifts.tender')}</th>
          <th scope="col">{t('shifts.expected')}</th>
          <th scope="col">{t('shifts.counted')}</th>
          <th scope="col">{t('shifts.difference')}</th>
        </tr>
      </thead>
      <tbody>
        {tenders.map(({ method, expected, counted, difference }) => (
          <tr key={method}>
            <th scope="row">{t(`options.method.${method}`, method)}</th>
            <td className="amount">{money.format(expected)}</td>
            <td className="amount">{counted === null ? '–' : money.format(counted)}</td>
            <td>{difference === null ? '–' : <Amount minor={difference} currency={money.currency} />}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
