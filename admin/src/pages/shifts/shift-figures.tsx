import type { Shift, ShiftFigures, ShiftTender } from '@tessera/checkout/contracts';
import { Card, Table } from 'antd';
import { useTranslation } from 'react-i18next';
import { Amount } from '../../components/amount';
import { Instant } from '../../components/instant';
import { formatMoney } from '../../components/money';

interface FiguresProps {
  shift: Shift;
  figures: ShiftFigures;
}

/** Expected, counted and the difference, per tender. */
function Tenders({ shift, figures }: FiguresProps) {
  const { t } = useTranslation();
  const column = (key: 'sales' | 'refunds' | 'expected' | 'counted' | 'difference') => ({
    key,
    title: t(`shifts.${key}`),
    align: 'right' as const,
    render: (_value: unknown, tender: ShiftTender) =>
      tender[key] === null ? '–' : <Amount minor={tender[key] ?? 0} currency={shift.currency} />,
  });
  return (
    <Table<ShiftTender>
      rowKey="method"
      size="middle"
      pagination={false}
      scroll={{ x: 'max-content' }}
      dataSource={figures.tenders}
      columns={[
        {
          key: 'method',
          title: t('shifts.tender'),
          render: (_value, { method }) => t(`options.method.${method}`, method),
        },
        ...(['sales', 'refunds', 'expected', 'counted', 'difference'] as const).map(column),
      ]}
    />
  );
}

function Trade({ shift, figures }: FiguresProps) {
  const { t } = useTranslation();
  const { sales, refunds, discount, tax, rounding, firstNumber, lastNumber, staff } = figures;
  const rows: [label: string, minor: number, isMain?: boolean][] = [
    [`${t('shifts.sales')} (${sales.count})`, sales.amount],
    [`${t('shifts.refunds')} (${refunds.count})`, refunds.amount],
    [t('shifts.net'), sales.amount + refunds.amount, true],
    [t('shifts.tax'), tax],
    [t('shifts.discount'), discount],
    [t('shifts.rounding'), rounding],
    ...staff.map(({ name, count, paid }): [string, number] => [`${name} (${count})`, paid]),
  ];
  return (
    <dl className="totals">
      {rows.map(([label, minor, isMain], index) => (
        <div key={index} className={isMain ? 'totals-main' : undefined}>
          <dt>{label}</dt>
          <dd>
            <Amount minor={minor} currency={shift.currency} />
          </dd>
        </div>
      ))}
      {firstNumber && (
        <div>
          <dt>{t('shifts.numbers')}</dt>
          <dd>
            {firstNumber} – {lastNumber}
          </dd>
        </div>
      )}
    </dl>
  );
}

/** Every count that was answered, so that nobody counts until it fits unseen. */
function Counts({ shift, figures }: FiguresProps) {
  const { t } = useTranslation();
  const last = figures.counts.at(-1);
  if (!last) return null;
  return (
    <Card size="small" title={t('shifts.counts')} style={{ marginTop: 16 }}>
      <p className="secondary">{t('shifts.countsText')}</p>
      {figures.counts.map(({ staff, occurredAt, tenders }, index) => (
        <div key={index} className="refund-line">
          <span>
            <Instant iso={occurredAt} /> <span className="secondary">{staff.name}</span>
          </span>
          <span>
            {tenders
              .filter(({ difference }) => difference !== null)
              .map(({ method, difference }) => (
                <span key={method} style={{ marginInlineStart: 12 }}>
                  {t(`options.method.${method}`, method)} <Amount minor={difference ?? 0} currency={shift.currency} />
                </span>
              ))}
          </span>
        </div>
      ))}
      {last.cash.length > 0 && <h3>{t('shifts.drawer')}</h3>}
      {last.cash.map(({ value, form, count }) => (
        <div key={`${form}${value}`} className="refund-line">
          <span>
            {formatMoney(value, shift.currency)} {t(`shifts.form.${form}`)} × {count}
          </span>
          <Amount minor={value * count} currency={shift.currency} />
        </div>
      ))}
    </Card>
  );
}

/** What a shift took, what should be there and what was counted. */
export function ShiftFiguresView({ shift, figures }: FiguresProps) {
  const { t } = useTranslation();
  return (
    <>
      <Card size="small" style={{ marginBottom: 16 }}>
        <Tenders shift={shift} figures={figures} />
        {figures.differenceReason && (
          <p>
            <span className="secondary">{t('shifts.differenceReason')}</span> {figures.differenceReason}
          </p>
        )}
      </Card>
      <Card size="small">
        <Trade shift={shift} figures={figures} />
      </Card>
      <Counts shift={shift} figures={figures} />
    </>
  );
}
