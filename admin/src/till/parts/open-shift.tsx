import type { TillShift } from '@tessera/checkout/contracts';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { openShift } from '../effects/shift-api';
import { useShiftAct } from '../effects/use-shift-act';
import { toPieces, type CountTexts } from '../model/cash-count';
import { useTill } from '../till-context';
import { CountFields } from './count-fields';
import { KeyButton } from './key-button';
import { ShiftProblem } from './shift-problem';

/** Begins a shift with the float that lies in the drawer. */
export function OpenShift({ tillShift }: { tillShift: TillShift }) {
  const { t } = useTranslation();
  const { store, till, money, open, refreshShift } = useTill();
  const [texts, setTexts] = useState<CountTexts>({});
  const act = useShiftAct();
  const float = toPieces(texts, tillShift.denominations, money.decimals);

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (!float) return;
    const request = { storeId: store.id, tillId: till.id, float };
    act.send(
      request,
      (key) => openShift(request, key),
      () => {
        refreshShift();
        open(null);
      },
    );
  }

  return (
    <form className="till-form" onSubmit={submit}>
      <p>{t(tillShift.isNeeded ? 'shifts.openNeeded' : 'shifts.openText')}</p>
      <CountFields denominations={tillShift.denominations} texts={texts} onChange={setTexts} pieces={float} />
      <ShiftProblem error={act.error} />
      <KeyButton tone="primary" type="submit" hint="↵" disabled={float === null || act.isSending}>
        {t('shifts.open')}
      </KeyButton>
    </form>
  );
}
