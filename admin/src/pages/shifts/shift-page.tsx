import { PrinterOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import type { Shift, ShiftReport } from '@tessera/checkout/contracts';
import { Alert, App, Button, Card } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { Amount } from '../../components/amount';
import { formatDay, Instant } from '../../components/instant';
import { Loading } from '../../components/loading';
import { formatMoney } from '../../components/money';
import { Page } from '../../components/page';
import { printShiftReport } from '../../components/print-page';
import { FailedScreen } from '../../components/refusal';
import { useMay } from '../../providers/access-control';
import { toApiError } from '../../providers/api-error';
import { http } from '../../providers/http';
import { nameOf } from '../../providers/i18n';
import { me } from '../../providers/me';
import { ShiftFiguresView } from './shift-figures';

function placeOf(shift: Shift) {
  const store = me.state().me?.stores.find((item) => item.id === shift.storeId);
  return { store, till: store?.tills.find((item) => item.id === shift.tillId) };
}

function Head({ shift }: { shift: Shift }) {
  const { t } = useTranslation();
  const { store, till } = placeOf(shift);
  const facts: [string, ReactNode][] = [
    [t('shifts.store'), store ? nameOf(store) : '–'],
    [t('shifts.till'), till ? `${till.code} ${till.name}` : '–'],
    [t('shifts.businessDay'), formatDay(shift.businessDay)],
    [t('shifts.holder'), shift.holder.name],
    [t('shifts.opened'), <Instant key="opened" iso={shift.openedAt} />],
    [t('shifts.openedBy'), shift.openedBy.name],
    [t('shifts.closed'), shift.closedAt ? <Instant key="closed" iso={shift.closedAt} /> : '–'],
    [t('shifts.closedBy'), shift.closedBy?.name ?? '–'],
    [t('shifts.float'), <Amount key="float" minor={shift.float.amount} currency={shift.currency} />],
  ];
  return (
    <dl className="facts">
      {facts.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
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

function PrintButton({ id, label }: { id: string; label: string }) {
  const { t, i18n } = useTranslation();
  const { notification } = App.useApp();
  const fail = (error: unknown) =>
    notification.error({ message: t('shifts.printFailed'), description: toApiError(error).message });
  return (
    <Button icon={<PrinterOutlined />} onClick={() => void printShiftReport(id, i18n.language).catch(fail)}>
      {label}
    </Button>
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
      actions={<PrintButton id={id} label={t(kind === 'z' ? 'shifts.printZ' : 'shifts.printX')} />}
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
