import { useQuery } from '@tanstack/react-query';
import type { Shift, ShiftReport } from '@tessera/checkout/contracts';
import { Alert, Card } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { Amount } from '../../components/amount';
import { FactList } from '../../components/fact-list';
import { formatDay, Instant } from '../../components/instant';
import { Loading } from '../../components/loading';
import { formatMoney } from '../../components/money';
import { Page } from '../../components/page';
import { PrintButton } from '../../components/print-button';
import { printShiftReport } from '../../components/print-page';
import { FailedScreen } from '../../components/refusal';
import { useMay } from '../../providers/access-control';
import { toApiError } from '../../providers/api-error';
import { http } from '../../providers/http';
import { nameOf } from '../../providers/i18n';
import { placeOf } from '../../providers/me';
import { ShiftFiguresView } from './shift-figures';

function Head({ shift }: { shift: Shift }) {
  const { t } = useTranslation();
  const { store, till } = placeOf(shift);
  return (
    <FactList
      facts={[
        { label: t('shifts.store'), value: store ? nameOf(store) : '–' },
        { label: t('shifts.till'), value: till ? `${till.code} ${till.name}` : '–' },
        { label: t('shifts.businessDay'), value: formatDay(shift.businessDay) },
        { label: t('shifts.holder'), value: shift.holder.name },
        { label: t('shifts.opened'), value: <Instant iso={shift.openedAt} /> },
        { label: t('shifts.openedBy'), value: shift.openedBy.name },
        { label: t('shifts.closed'), value: shift.closedAt ? <Instant iso={shift.closedAt} /> : '–' },
        { label: t('shifts.closedBy'), value: shift.closedBy?.name ?? '–' },
        { label: t('shifts.float'), value: <Amount minor={shift.float.amount} currency={shift.currency} /> },
      ]}
    />
  );
}

function Movements({ shift }: { shift: Shift }) {
  const { t } = useTranslation();
  return (
    <Card size="small" title={t('shifts.movements')} style={{ marginTop: 16 }}>
      {shift.movements.length === 0 && <p className="secondary">{t('shifts.noMovements')}</p>}
      {shift.movements.map(({ id, kind, amount, reason, staff, occurredAt }) => (
        <div key={id} className="refund-line">
          <span>
            {t(`shifts.kind.${kind}`)} · {reason}{' '}
            <span className="secondary">
              <Instant iso={occurredAt} /> {staff.name}
            </span>
          </span>
          <Amount minor={kind === 'in' ? amount : -amount} currency={shift.currency} />
        </div>
      ))}
    </Card>
  );
}

function Handovers({ report: { shift, figures } }: { report: ShiftReport }) {
  const { t } = useTranslation();
  if (shift.handovers.length === 0) return null;
  const money = (minor: number) => formatMoney(minor, shift.currency);
  return (
    <Card size="small" title={t('shifts.handovers')} style={{ marginTop: 16 }}>
      {shift.handovers.map(({ from, to, occurredAt, counted }, index) => {
        const expected = figures?.handoverExpected[index] ?? null;
        const details = [
          ...(counted === null ? [] : [t('shifts.handoverCounted', { amount: money(counted) })]),
          ...(expected === null ? [] : [t('shifts.handoverExpected', { amount: money(expected) })]),
        ];
        return (
          <div key={occurredAt} className="refund-line">
            <span>
              {t('shifts.handoverOf', { from: from.name, to: to.name })} <Instant iso={occurredAt} />
            </span>
            <span className="secondary">{details.join(' · ')}</span>
          </div>
        );
      })}
    </Card>
  );
}

/** The list of transactions, narrowed to those of one shift. */
function TransactionsLink({ shiftId }: { shiftId: string }) {
  const { t } = useTranslation();
  if (!useMay('transactions.view')) return null;
  const query = new URLSearchParams({
    'filters[0][field]': 'shiftId',
    'filters[0][operator]': 'eq',
    'filters[0][value]': shiftId,
  });
  return <Link to={`/transactions?currentPage=1&pageSize=20&${query.toString()}`}>{t('shifts.transactions')}</Link>;
}

/** One shift with its report: X while it is open, Z once it is closed. */
export default function ShiftPage() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const { data: report, error } = useQuery({
    queryKey: ['shift', id],
    queryFn: async () => (await http.get<ShiftReport>(`/api/checkout/shifts/${id}/report`)).data,
    staleTime: 0,
  });
  if (error) return <FailedScreen name="shifts" error={toApiError(error)} isRecord />;
  if (!report) return <Loading />;
  const { shift, figures, kind } = report;
  const till = placeOf(shift).till?.code ?? '';
  return (
    <Page
      title={kind === 'z' ? t('shifts.zOf', { till, number: shift.zNumber }) : t('shifts.xOf', { till })}
      back={<Link to="/shifts">← {t('screens.shifts')}</Link>}
      actions={
        <PrintButton
          label={t(kind === 'z' ? 'shifts.printZ' : 'shifts.printX')}
          failure={t('shifts.printFailed')}
          print={(language) => printShiftReport(id, language)}
        />
      }
    >
      <Card size="small" style={{ marginBottom: 16 }}>
        <Head shift={shift} />
        <TransactionsLink shiftId={id} />
      </Card>
      {figures ? (
        <ShiftFiguresView shift={shift} figures={figures} />
      ) : (
        <Alert type="info" showIcon message={t('shifts.blind')} />
      )}
      <Movements shift={shift} />
      <Handovers report={report} />
    </Page>
  );
}
