import { useTranslation } from 'react-i18next';
import { nameOf } from '../../providers/i18n';
import type { Store } from '../../providers/me';

interface TillPickerProps {
  store: Store;
  current: string | null;
  onChoose(tillId: string): void;
}

/** Which till this device is; asked once, kept on the device. */
export function TillPicker({ store, current, onChoose }: TillPickerProps) {
  const { t } = useTranslation();
  return (
    <div className="till-picker">
      <p>{t('till.pickText', { store: nameOf(store) })}</p>
      <div className="till-chips" role="group" aria-label={t('till.pickTitle')}>
        {store.tills.map((till) => (
          <button
            key={till.id}
            type="button"
            className="till-chip"
            aria-pressed={till.id === current}
            onClick={() => onChoose(till.id)}
          >
            {till.name} · {till.code}
          </button>
        ))}
      </div>
      {store.tills.length === 0 && <p className="till-hint">{t('till.noTills')}</p>}
    </div>
  );
}
