import { useTranslation } from 'react-i18next';
import { nameOf } from '../../providers/i18n';
import type { PricedLine } from '../model/price-cart';
import { useTill } from '../till-context';
import { KeyButton } from './key-button';
import { Sheet } from './sheet';

/** Who performed a service: for the receipt and for later commission. */
export default function StaffSheet({ priced }: { priced: PricedLine }) {
  const { t } = useTranslation();
  const { dispatch, catalogue, open } = useTill();
  const { line } = priced;
  function toggle(id: string): void {
    const isChosen = line.staffIds.includes(id);
    const staffIds = isChosen ? line.staffIds.filter((other) => other !== id) : [...line.staffIds, id];
    dispatch({ type: 'setStaff', key: line.key, staffIds });
  }
  return (
    <Sheet title={t('till.staffTitle', { name: nameOf(priced) })} onClose={() => open(null)}>
      <div className="till-chips">
        {(catalogue.catalogue.staff ?? []).map((person) => (
          <button
            key={person.id}
            type="button"
            className="till-chip"
            aria-pressed={line.staffIds.includes(person.id)}
            onClick={() => toggle(person.id)}
          >
            {person.name}
          </button>
        ))}
      </div>
      <KeyButton tone="primary" onClick={() => open(null)}>
        {t('till.ready')}
      </KeyButton>
    </Sheet>
  );
}
