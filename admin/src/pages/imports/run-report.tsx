import type { Run } from '@tessera/imports/contracts';
import { Alert, Table } from 'antd';
import { useTranslation } from 'react-i18next';
import { pick } from '../../providers/i18n';

/** Amounts of imports are in thousandths of the unit: files carry fractions of a penny. */
function formatThousandths(amount: number, currency: string, language: string): string {
  const options = { style: 'currency', currency, minimumFractionDigits: 2, maximumFractionDigits: 3 } as const;
  return new Intl.NumberFormat(language, options).format(amount / 1_000);
}

function Reconciliation({ run }: { run: Run }) {
  const { t, i18n } = useTranslation();
  if (!run.reconciliation) return null;
  const { currency, fileTotal, booked, setAside, difference, isExact } = run.reconciliation;
  const money = (amount: number) => formatThousandths(amount, currency, i18n.language);
  return (
    <Alert
      type={isExact ? 'success' : 'error'}
      showIcon
      message={t(isExact ? 'imports.exact' : 'imports.differs', { difference: money(difference) })}
      description={t('imports.sum', { total: money(fileTotal), booked: money(booked), setAside: money(setAside) })}
      style={{ marginBlock: 12 }}
    />
  );
}

/** How the file was treated, to the last row and the last penny. */
export function RunReport({ run }: { run: Run }) {
  const { t, i18n } = useTranslation();
  const currency = run.reconciliation?.currency ?? 'CNY';
  const { counts } = run;
  const numbers = {
    sales: counts.sales,
    refunds: counts.refunds,
    members: counts.membersCreated,
    already: counts.alreadyBooked,
  };
  return (
    <>
      {run.error && <Alert type="error" showIcon message={t('imports.stopped')} />}
      {run.isUnchanged && <Alert type="info" showIcon message={t('imports.unchanged')} />}
      <Reconciliation run={run} />
      <p>{t('imports.counts', numbers)}</p>
      {run.outcomes.length > 0 && (
        <Table
          size="small"
          rowKey="code"
          pagination={false}
          dataSource={run.outcomes}
          columns={[
            { key: 'label', title: t('imports.outcome'), render: (_value, outcome) => pick(outcome.label) },
            { key: 'rows', title: t('imports.rowCount'), align: 'right', dataIndex: 'rows' },
            {
              key: 'amount',
              title: t('imports.amount'),
              align: 'right',
              render: (_value, outcome) => formatThousandths(outcome.amount, currency, i18n.language),
            },
          ]}
        />
      )}
    </>
  );
}
