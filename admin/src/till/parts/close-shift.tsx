import {
  COUNTED_BESIDES_CASH,
  type CloseShiftRequest,
  type Shift,
  type ShiftReport,
  type ShiftTender,
  type TillShift,
} from '@tessera/checkout/contracts';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApiError } from '../../providers/api-error';
import { closeShift } from '../effects/shift-api';
import { useShiftAct } from '../effects/use-shift-act';
import { toPieces, type CountTexts } from '../model/cash-count';
import { parseAmount } from '../model/parse-amount';
import { useTill } from '../till-context';
import { CountFields } from './count-fields';
import { KeyButton } from './key-button';
import { ReasonField } from './reason-field';
import { ShiftProblem } from './shift-problem';
import { TenderTable } from './tender-table';

type Compared = Pick<ShiftTender, 'method' | 'expected' | 'counted' | 'difference'>;
type Others = Partial<Record<(typeof COUNTED_BESIDES_CASH)[number], string>>;

/** What the server told once the count was in. */
function comparedBy(error: ApiError | null): Compared[] | null {
  if (error?.code !== 'difference_reason_needed') return null;
  return (error.details as { tenders?: Compared[] } | undefined)?.tenders ?? null;
}

function toRequest(cash: CloseShiftRequest['cash'] | null, others: Others, decimals: number): CloseShiftRequest | null {
  const tenders = COUNTED_BESIDES_CASH.map((method) => {
    const text = others[method] ?? '';
    return { method, amount: text.trim() === '' ? 0 : parseAmount(text, decimals) };
  });
  if (cash === null || tenders.some(({ amount }) => amount === null)) return null;
  return { cash, tenders: tenders.map(({ method, amount }) => ({ method, amount: amount ?? 0 })) };
}

function OtherFields({ others, onChange }: { others: Others; onChange(others: Others): void }) {
  const { t } = useTranslation();
  const { money } = useTill();
  return (
    <div className="till-count" role="group" aria-label={t('shifts.countOthers')}>
      {COUNTED_BESIDES_CASH.map((method) => (
        <label key={method}>
          <span>{t(`shifts.slips.${method}`)}</span>
          <input
            inputMode="decimal"
            autoComplete="off"
            placeholder="0"
            value={others[method] ?? ''}
            aria-invalid={(others[method] ?? '') !== '' && parseAmount(others[method] ?? '', money.decimals) === null}
            onChange={(event) => onChange({ ...others, [method]: event.target.value })}
          />
        </label>
      ))}
    </div>
  );
}

interface CloseShiftProps {
  shift: Shift;
  tillShift: TillShift;
  onClosed(report: ShiftReport): void;
}

/** Counts blind, then closes; a difference shows only after the count is in, and asks for its reason. */
export function CloseShift({ shift, tillShift, onClosed }: CloseShiftProps) {
  const { t } = useTranslation();
  const { money } = useTill();
  const [texts, setTexts] = useState<CountTexts>({});
  const [others, setOthers] = useState<Others>({});
  const [reason, setReason] = useState('');
  const [compared, setCompared] = useState<Compared[] | null>(null);
  const act = useShiftAct();
  const cash = toPieces(texts, tillShift.denominations, money.decimals);
  const counted = toRequest(cash, others, money.decimals);
  const told = comparedBy(act.error) ?? compared;
  const isReady = counted !== null && (!told || reason.trim() !== '');

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (!counted || !isReady) return;
    setCompared(told);
    const request = { ...counted, ...(told ? { reason: reason.trim() } : {}) };
    act.send(request, (key) => closeShift(shift.id, request, key), onClosed);
  }

  function countAgain(change: () => void): void {
    setCompared(null);
    setReason('');
    change();
  }

  return (
    <form className="till-form" onSubmit={submit}>
      {!told && <p>{t('shifts.closeText')}</p>}
      {!told && (
        <>
          <CountFields denominations={tillShift.denominations} texts={texts} onChange={setTexts} pieces={cash} />
          <OtherFields others={others} onChange={setOthers} />
        </>
      )}
      {told && (
        <>
          <p className="till-statement">{t('shifts.differs')}</p>
          <TenderTable tenders={told} />
          <ReasonField
            value={reason}
            onChange={setReason}
            suggestions={[t('shifts.usual.difference.0'), t('shifts.usual.difference.1')]}
          />
        </>
      )}
      <ShiftProblem error={act.error} />
      <KeyButton tone="primary" type="submit" hint="↵" disabled={!isReady || act.isSending}>
        {t(told ? 'shifts.closeWithDifference' : 'shifts.countIsIn')}
      </KeyButton>
      {told && (
        <KeyButton tone="quiet" onClick={() => countAgain(act.forget)}>
          {t('shifts.countAgain')}
        </KeyButton>
      )}
    </form>
  );
}
