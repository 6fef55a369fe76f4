import type { Shift, TillShift } from '@tessera/checkout/contracts';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { takeOver } from '../effects/shift-api';
import { useShiftAct } from '../effects/use-shift-act';
import { toPieces, type CountTexts } from '../model/cash-count';
import { useTill } from '../till-context';
import { CountFields } from './count-fields';
import { KeyButton } from './key-button';
import { ShiftProblem } from './shift-problem';

interface TakeOverShiftProps {
  shift: Shift;
  tillShift: TillShift;
  onDone(): void;
}

/** Answers for the drawer from now on; whoever counts it first has the count on the report. */
export function TakeOverShift({ shift, tillShift, onDone }: TakeOverShiftProps) {
  const { t } = useTranslation();
  const { money, refreshShift } = useTill();
  const [texts, setTexts] = useState<CountTexts>({});
  const act = useShiftAct();
  const cash = toPieces(texts, tillShift.denominations, money.decimals);
  const isCounted = Object.values(texts).some((text) => text.trim() !== '');
  const isReady = isCounted && cash !== null && !act.isSending;

  function take(request: Parameters<typeof takeOver>[1]): void {
    act.send(
      request,
      (key) => takeOver(shift.id, request, key),
      () => {
        refreshShift();
        onDone();
      },
    );
  }
  function submit(event: FormEvent): void {
    event.preventDefault();
    if (isReady) take({ cash });
  }
  return (
    <form className="till-form" onSubmit={submit}>
      <p>{t('shifts.takeOverText', { name: shift.holder.name })}</p>
      <CountFields denominations={tillShift.denominations} texts={texts} onChange={setTexts} pieces={cash} />
      <ShiftProblem error={act.error} />
      <KeyButton tone="primary" type="submit" hint="↵" disabled={!isReady}>
        {t('shifts.takeOverCounted')}
      </KeyButton>
      {!isCounted && (
        <KeyButton disabled={act.isSending} onClick={() => take({})}>
          {t('shifts.takeOverUncounted')}
        </KeyButton>
      )}
    </form>
  );
}
