import { CASH_MOVEMENTS, type Shift } from '@tessera/checkout/contracts';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { moveCash } from '../effects/shift-api';
import { useShiftAct } from '../effects/use-shift-act';
import { parseAmount } from '../model/parse-amount';
import { judgeMovement } from '../model/till-permissions';
import { useTill } from '../till-context';
import { KeyButton } from './key-button';
import { ReasonField } from './reason-field';
import { ShiftProblem } from './shift-problem';

type Kind = (typeof CASH_MOVEMENTS)[number];

function KindChips({ kind, onChoose }: { kind: Kind; onChoose(kind: Kind): void }) {
  const { t } = useTranslation();
  return (
    <div className="till-chips" role="group" aria-label={t('shifts.moveCash')}>
      {CASH_MOVEMENTS.map((one) => (
        <button key={one} type="button" className="till-chip" aria-pressed={kind === one} onClick={() => onChoose(one)}>
          {t(`shifts.kind.${one}`)}
        </button>
      ))}
    </div>
  );
}

/** Cash put into the drawer, paid from it, or taken to the safe. */
export function MoveCash({ shift, onDone }: { shift: Shift; onDone(): void }) {
  const { t } = useTranslation();
  const { money, policy, refreshShift } = useTill();
  const [kind, setKind] = useState<Kind>('out');
  const [text, setText] = useState('');
  const [reason, setReason] = useState('');
  const act = useShiftAct();
  const amount = parseAmount(text, money.decimals);
  const verdict = judgeMovement(policy, shift, new Date(), { kind, amount: amount ?? 0 });
  const isReady = amount !== null && amount > 0 && reason.trim() !== '';

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (amount === null || !isReady) return;
    const request = { kind, amount, reason: reason.trim() };
    act.send(
      request,
      (key) => moveCash(shift.id, request, key),
      () => {
        refreshShift();
        onDone();
      },
    );
  }

  return (
    <form className="till-form" onSubmit={submit}>
      <KindChips
        kind={kind}
        onChoose={(chosen) => {
          setKind(chosen);
          setReason('');
        }}
      />
      <p className="till-hint">{t(`shifts.kindText.${kind}`)}</p>
      <label>
        <span>{t('till.amount')}</span>
        <input
          inputMode="decimal"
          autoComplete="off"
          className="till-amount-field"
          value={text}
          aria-invalid={text !== '' && amount === null}
          onChange={(event) => setText(event.target.value)}
        />
      </label>
      {text !== '' && amount === null && <p className="till-warn">{t('till.notAnAmount')}</p>}
      {verdict.limit && !act.error && (
        <p className="till-warn">
          {t('till.aboveLimit', {
            asked: money.format(verdict.limit.asked),
            allowed: money.format(verdict.limit.allowed),
          })}
        </p>
      )}
      <ReasonField
        value={reason}
        onChange={setReason}
        suggestions={[t(`shifts.usual.${kind}.0`), t(`shifts.usual.${kind}.1`)]}
      />
      <ShiftProblem error={act.error} />
      <KeyButton tone="primary" type="submit" hint="↵" disabled={!isReady || act.isSending}>
        {amount ? t(`shifts.kindOf.${kind}`, { amount: money.format(amount) }) : t(`shifts.kind.${kind}`)}
      </KeyButton>
    </form>
  );
}
