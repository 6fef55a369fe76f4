import { PrinterOutlined } from '@ant-design/icons';
import type { Shift, ShiftReport, TillShift } from '@tessera/checkout/contracts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { printShiftReport } from '../../components/print-page';
import { useTill } from '../till-context';
import { CloseShift } from './close-shift';
import { KeyButton } from './key-button';
import { MoveCash } from './move-cash';
import { OpenShift } from './open-shift';
import { Sheet } from './sheet';
import { TakeOverShift } from './take-over-shift';
import { TenderTable } from './tender-table';

type View = 'overview' | 'move' | 'close' | 'takeOver';

function PrintKey({ id, label }: { id: string; label: string }) {
  const { t, i18n } = useTranslation();
  const [isFailed, setFailed] = useState(false);
  return (
    <>
      <KeyButton
        onClick={() =>
          void printShiftReport(id, i18n.language).then(
            () => setFailed(false),
            () => setFailed(true),
          )
        }
      >
        <PrinterOutlined aria-hidden="true" /> {label}
      </KeyButton>
      {isFailed && (
        <p className="till-warn" role="alert">
          {t('shifts.printFailed')}
        </p>
      )}
    </>
  );
}

function Facts({ shift }: { shift: Shift }) {
  const { t, i18n } = useTranslation();
  const { money, store } = useTill();
  const time = new Intl.DateTimeFormat(i18n.language, {
    dateStyle: 'short',
    timeStyle: 'short',
    timeZone: store.timeZone,
  });
  return (
    <dl className="till-facts">
      <div>
        <dt>{t('shifts.holder')}</dt>
        <dd>{shift.holder.name}</dd>
      </div>
      <div>
        <dt>{t('shifts.opened')}</dt>
        <dd>{time.format(new Date(shift.openedAt))}</dd>
      </div>
      <div>
        <dt>{t('shifts.float')}</dt>
        <dd className="amount">{money.format(shift.float.amount)}</dd>
      </div>
      {shift.movements.map(({ id, kind, amount, reason }) => (
        <div key={id}>
          <dt>
            {t(`shifts.kind.${kind}`)} · {reason}
          </dt>
          <dd className="amount">{money.format(kind === 'in' ? amount : -amount)}</dd>
        </div>
      ))}
    </dl>
  );
}

function Overview({ shift, onView }: { shift: Shift; onView(view: View): void }) {
  const { t } = useTranslation();
  const { policy, rights } = useTill();
  const isMine = shift.holder.id === policy.staffId;
  const mayChange = (isMine || rights.canChangeShiftsOfOthers) && rights.canShift;
  return (
    <div className="till-form">
      <Facts shift={shift} />
      {!isMine && <p className="till-hint">{t('shifts.foreign', { name: shift.holder.name })}</p>}
      {!isMine && rights.canShift && (
        <KeyButton tone={mayChange ? 'plain' : 'primary'} onClick={() => onView('takeOver')}>
          {t('shifts.takeOver')}
        </KeyButton>
      )}
      {rights.canMoveCash && mayChange && <KeyButton onClick={() => onView('move')}>{t('shifts.moveCash')}</KeyButton>}
      {rights.canSeeShifts && mayChange && <PrintKey id={shift.id} label={t('shifts.printX')} />}
      {mayChange && (
        <KeyButton tone="primary" onClick={() => onView('close')}>
          {t('shifts.close')}
        </KeyButton>
      )}
    </div>
  );
}

function Closed({ report }: { report: ShiftReport }) {
  const { t } = useTranslation();
  const { open, money } = useTill();
  const { shift, figures } = report;
  return (
    <div className="till-form">
      <p className="till-statement">{t('shifts.closedAs', { number: shift.zNumber })}</p>
      {figures && (
        <p>{t('shifts.soldInShift', { count: figures.sales.count, amount: money.format(figures.sales.amount) })}</p>
      )}
      {figures && <TenderTable tenders={figures.tenders} />}
      <PrintKey id={shift.id} label={t('shifts.printZ')} />
      <KeyButton tone="primary" onClick={() => open(null)}>
        {t('till.ready')}
      </KeyButton>
    </div>
  );
}

const TITLES: Record<View, string> = {
  overview: 'shifts.title',
  move: 'shifts.moveCash',
  close: 'shifts.closeTitle',
  takeOver: 'shifts.takeOver',
};

function OpenedShift({
  shift,
  tillShift,
  view,
  onView,
  onClosed,
}: {
  shift: Shift;
  tillShift: TillShift;
  view: View;
  onView(view: View): void;
  onClosed(report: ShiftReport): void;
}) {
  const { t } = useTranslation();
  if (view === 'overview') return <Overview shift={shift} onView={onView} />;
  return (
    <>
      {view === 'move' && <MoveCash shift={shift} onDone={() => onView('overview')} />}
      {view === 'takeOver' && <TakeOverShift shift={shift} tillShift={tillShift} onDone={() => onView('overview')} />}
      {view === 'close' && <CloseShift shift={shift} tillShift={tillShift} onClosed={onClosed} />}
      <KeyButton tone="quiet" onClick={() => onView('overview')}>
        {t('shifts.back')}
      </KeyButton>
    </>
  );
}

/** The shift of this till: open it, move cash, take it over, count and close it. */
export default function ShiftSheet() {
  const { t } = useTranslation();
  const { open, rights, tillShift, refreshShift } = useTill();
  const [view, setView] = useState<View>('overview');
  const [report, setReport] = useState<ShiftReport | null>(null);
  const shift = tillShift?.shift ?? null;
  const close = () => open(null);
  if (report) {
    return (
      <Sheet title={t('shifts.closedTitle')} onClose={close}>
        <Closed report={report} />
      </Sheet>
    );
  }
  return (
    <Sheet title={t(shift ? TITLES[view] : 'shifts.openTitle')} onClose={close}>
      {!tillShift && <p role="status">{t('shifts.loading')}</p>}
      {tillShift && !shift && rights.canShift && <OpenShift tillShift={tillShift} />}
      {tillShift && !shift && !rights.canShift && <p>{t('shifts.mayNotOpen')}</p>}
      {tillShift && shift && (
        <OpenedShift
          shift={shift}
          tillShift={tillShift}
          view={view}
          onView={setView}
          onClosed={(closed) => {
            setReport(closed);
            refreshShift();
          }}
        />
      )}
    </Sheet>
  );
}
