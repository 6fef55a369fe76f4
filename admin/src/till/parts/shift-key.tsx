import { useTranslation } from 'react-i18next';
import { useTill } from '../till-context';

/** In the bar: whose shift it is, or that none is open. */
export function ShiftKey() {
  const { t } = useTranslation();
  const { tillShift, rights, open } = useTill();
  if (!tillShift || (!tillShift.shift && !rights.canShift && !tillShift.isNeeded)) return null;
  const { shift, isNeeded } = tillShift;
  const label = shift
    ? t('shifts.barOpen', { name: shift.holder.name })
    : t(isNeeded ? 'shifts.barNeeded' : 'shifts.barNone');
  return (
    <button
      type="button"
      className="till-text-button till-shift-key"
      data-state={shift ? 'open' : isNeeded ? 'needed' : 'none'}
      onClick={() => open({ kind: 'shift' })}
    >
      {label}
    </button>
  );
}
