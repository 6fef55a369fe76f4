import { useQuery } from '@tanstack/react-query';
import type { Adjustment, RefundState, Transaction } from '@tessera/checkout/contracts';
import { Card, Table } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { Amount } from '../../components/amount';
import { FactList } from '../../components/fact-list';
import { formatDay, Instant } from '../../components/instant';
import { Loading } from '../../components/loading';
import { formatRate } from '../../components/money';
import { Page } from '../../components/page';
import { PrintButton } from '../../components/print-button';
import { printReceipt } from '../../components/print-page';
import { FailedScreen } from '../../components/refusal';
import { StatusTag } from '../../components/status-tag';
import { useMay } from '../../providers/access-control';
import { toApiError } from '../../providers/api-error';
import { http } from '../../providers/http';
import { nameOf, pick } from '../../providers/i18n';
import { placeOf } from '../../providers/me';
import { RefundButton } from './refund-dialog';
import { VoidButton } from './void-dialog';

type Line = Transaction['lines'][number];

/** Why the price is what it is: each adjustment with its label, its reason and what it does to the line. */
function Adjustments({ list, currency }: { list: readonly Adjustment[]; currency: string }) {
  if (list.length === 0) return null;
  return (
    <ul className="adjustments">
      {list.map((adjustment, index) => (
        <li key={index}>
          {pick(adjustment.label)}
          {adjustment.reason && ` · ${adjustment.reason}`} <Amount minor={adjustment.amount} currency={currency} />
        </li>
      ))}
    </ul>
  );
}

function Lines({ transaction }: { transaction: Transaction }) {
  const { t } = useTranslation();
  const { currency } = transaction;
  const money = (minor: number) => <Amount minor={minor} currency={currency} />;
  return (
    <Table<Line>
      rowKey="id"
      size="middle"
      pagination={false}
      dataSource={transaction.lines}
      columns={[
        {
          key: 'item',
          title: t('transactions.item'),
          render: (_value, line) => (
            <>
              <div>{nameOf(line)}</div>
              <div className="secondary">{line.sku}</div>
              <Adjustments list={line.adjustments} currency={currency} />
            </>
          ),
        },
        { key: 'quantity', title: t('transactions.quantity'), align: 'right', render: (_value, line) => line.quantity },
        {
          key: 'unit',
          title: t('transactions.unitPrice'),
          align: 'right',
          render: (_value, line) => money(line.listUnitPrice),
        },
        {
          key: 'tax',
          title: t('transactions.taxIncluded'),
          align: 'right',
          render: (_value, line) => (
            <>
              {money(line.taxAmount)} <span className="secondary">{formatRate(line.taxRate)}</span>
            </>
          ),
        },
        {
          key: 'amount',
          title: t('transactions.amount'),
          align: 'right',
          render: (_value, line) => money(line.amount),
        },
      ]}
    />
  );
}

function Totals({ transaction }: { transaction: Transaction }) {
  const { t } = useTranslation();
  const { totals, currency, payments } = transaction;
  const rows: [key: string, label: string, minor: number][] = [
    ['list', t('transactions.list'), totals.list],
    ['discount', t('transactions.discount'), -totals.discount],
    ['rounding', t('transactions.rounding'), totals.rounding],
    ['paid', t('transactions.paid'), totals.paid],
    ['tax', t('transactions.taxIncluded'), totals.tax],
  ];
  return (
    <dl className="totals">
      {rows
        .filter(([key, , minor]) => minor !== 0 || key === 'paid')
        .map(([key, label, minor]) => (
          <div key={key} className={key === 'paid' ? 'totals-main' : undefined}>
            <dt>{label}</dt>
            <dd>
              <Amount minor={minor} currency={currency} />
            </dd>
          </div>
        ))}
      {payments.map((payment, index) => (
        <div key={`payment-${index}`}>
          <dt>
            {t(`options.method.${payment.method}`)}
            {payment.reference && ` · ${payment.reference}`}
            {payment.change > 0 && ` · ${t('transactions.change')}`}
            {payment.change > 0 && <Amount minor={payment.change} currency={currency} />}
          </dt>
          <dd>
            <Amount minor={payment.amount} currency={currency} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Member({ transaction }: { transaction: Transaction }) {
  const { t } = useTranslation();
  const maySee = useMay('members.view');
  const { memberId, memberName, memberNo } = transaction;
  if (!memberId) return <>{t('transactions.guest')}</>;
  const name = [memberName, memberNo].filter(Boolean).join(' · ') || t('transactions.member');
  return maySee ? <Link to={`/members/${memberId}`}>{name}</Link> : <>{name}</>;
}

function Head({ transaction }: { transaction: Transaction }) {
  const { t } = useTranslation();
  const { store, till } = placeOf(transaction);
  const { points, coupons } = transaction;
  return (
    <FactList
      facts={[
        { label: t('transactions.time'), value: <Instant iso={transaction.occurredAt} /> },
        { label: t('transactions.businessDay'), value: formatDay(transaction.businessDay) },
        { label: t('transactions.store'), value: store ? nameOf(store) : '–' },
        { label: t('transactions.till'), value: till ? `${till.code} ${till.name}` : '–' },
        { label: t('transactions.staff'), value: transaction.staffName },
        { label: t('transactions.member'), value: <Member transaction={transaction} /> },
        ...(points && points.earned !== 0
          ? [{ label: t('transactions.pointsMoved'), value: `${points.earned > 0 ? '+' : ''}${points.earned}` }]
          : []),
        ...(coupons
          ? [
              {
                label: t(transaction.kind === 'sale' ? 'transactions.couponsMoved' : 'transactions.couponsVoided'),
                value: coupons.map(({ label, quantity }) => `${Math.abs(quantity)} × ${pick(label)}`).join(', '),
              },
            ]
          : []),
      ]}
    />
  );
}

/** Refunds of this sale, each with its reason and a way to it. */
function RefundHistory({ refunds, currency }: { refunds: RefundState['refunds']; currency: string }) {
  const { t } = useTranslation();
  if (refunds.length === 0) return null;
  return (
    <Card size="small" title={t('refunds.history')} style={{ marginTop: 16 }}>
      {refunds.map(({ id, number, occurredAt, staffName, reason, paid }) => (
        <div key={id} className="refund-line">
          <span>
            <Link to={`/transactions/${id}`}>{number}</Link> <Instant iso={occurredAt} />{' '}
            <span className="secondary">
              {[reason, t('refunds.by', { name: staffName })].filter(Boolean).join(' · ')}
            </span>
          </span>
          <Amount minor={paid} currency={currency} />
        </div>
      ))}
    </Card>
  );
}

/** One transaction with every line and every adjustment explained. */
export default function TransactionPage() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const { data: transaction, error } = useQuery({
    queryKey: ['transaction', id],
    queryFn: async () => (await http.get<Transaction>(`/api/checkout/transactions/${id}`)).data,
  });
  const { data: state } = useQuery({
    queryKey: ['transaction', id, 'refunds'],
    queryFn: async () => (await http.get<RefundState>(`/api/checkout/transactions/${id}/refunds`)).data,
  });
  if (error) return <FailedScreen name="transactions" error={toApiError(error)} isRecord />;
  if (!transaction) return <Loading />;
  return (
    <Page
      title={transaction.number}
      tags={<StatusTag status={transaction.kind} />}
      back={<Link to="/transactions">← {t('screens.transactions')}</Link>}
      actions={
        <>
          {state && <VoidButton sale={transaction} state={state} />}
          {state && <RefundButton sale={transaction} state={state} />}
          <PrintButton
            label={t('transactions.print')}
            failure={t('transactions.printFailed')}
            print={(language) => printReceipt(id, language)}
          />
        </>
      }
    >
      <Card size="small" style={{ marginBottom: 16 }}>
        <Head transaction={transaction} />
        {transaction.refundsTransactionId && (
          <p>
            <Link to={`/transactions/${transaction.refundsTransactionId}`}>{t('transactions.refunds')}</Link>
          </p>
        )}
        {transaction.exchangedWith && (
          <p>
            <Link to={`/transactions/${transaction.exchangedWith}`}>
              {t(transaction.kind === 'refund' ? 'transactions.exchangedFor' : 'transactions.exchangedFrom')}
            </Link>
          </p>
        )}
      </Card>
      <Card size="small">
        <Lines transaction={transaction} />
        <Totals transaction={transaction} />
      </Card>
      {state && <RefundHistory refunds={state.refunds} currency={transaction.currency} />}
    </Page>
  );
}
