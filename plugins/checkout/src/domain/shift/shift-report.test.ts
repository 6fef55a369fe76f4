import { PAYMENT_METHODS } from '../../contracts';
import type { Shift } from './shift-contracts';
import { reportOf, type StoredShift } from './shift-report';
import { shiftReportHtml } from './shift-report-html';

const li = { id: '7', name: '李 <b>' };
const shift: Shift = {
  id: '0198c000-0000-7000-8000-000000000002',
  storeId: 'store',
  tillId: 'till',
  currency: 'CNY',
  businessDay: '2026-11-24',
  status: 'open',
  zNumber: null,
  openedBy: li,
  openedAt: '2026-11-24T01:00:00.000Z',
  holder: li,
  closedBy: null,
  closedAt: null,
  float: { amount: 50_000, pieces: [{ value: 10_000, form: 'note', count: 5 }] },
  movements: [
    { id: 'm', kind: 'out', amount: 1_500, reason: 'stamps', staff: li, occurredAt: '2026-11-24T02:00:00.000Z' },
  ],
  handovers: [],
};
const open: StoredShift = {
  shift,
  taken: [{ method: 'cash', sales: 33_300, refunds: 0 }],
  totals: {
    sales: { count: 1, amount: 33_300 },
    refunds: { count: 0, amount: 0 },
    discount: 0,
    tax: 1_885,
    rounding: 0,
    firstNumber: 'R1-261124-1',
    lastNumber: 'R1-261124-1',
    staff: [{ ...li, count: 1, paid: 33_300 }],
  },
  counts: [],
  handoverExpected: [],
  differenceReason: null,
  closedWith: [],
};
const tender = { method: 'cash', sales: 33_300, refunds: 0, expected: 81_800, counted: 81_700, difference: -100 };
const closed: StoredShift = {
  ...open,
  shift: { ...shift, status: 'closed', zNumber: 12, closedBy: li, closedAt: '2026-11-24T12:00:00.000Z' },
  closedWith: [tender],
  counts: [
    {
      staff: li,
      occurredAt: '2026-11-24T12:00:00.000Z',
      cash: [{ value: 100, form: 'coin', count: 817 }],
      tenders: [tender],
    },
  ],
  differenceReason: 'wrong change',
};
const place = {
  nameZh: '江边店',
  nameEn: 'Riverside',
  address: null,
  phone: null,
  footer: null,
  timeZone: 'Asia/Shanghai',
  tillCode: 'R1',
};

test('a blind X report holds no figure from which the drawer could be worked out', () => {
  const report = reportOf(open, { maySeeExpected: false });
  expect(report).toMatchObject({ kind: 'x', figures: null });
  for (const language of ['zh', 'en'] as const) {
    const page = shiftReportHtml(report, place, { language, width: 58 });
    expect(page).not.toMatch(/333\.00|818\.00/);
    expect(page).toContain('¥500.00');
  }
});

test('who may see it reads what should be there while the shift is open', () => {
  const report = reportOf(open, { maySeeExpected: true });
  expect(report.figures?.tenders).toMatchObject([
    { method: 'cash', expected: 81_800, counted: null, difference: null },
  ]);
});

test('a closed shift shows everything to whoever may see it at all, as it was booked when it was closed', () => {
  const report = reportOf(closed, { maySeeExpected: false });
  expect(report).toMatchObject({ kind: 'z', figures: { tenders: [tender], differenceReason: 'wrong change' } });
});

test.each([
  ['zh', ['Z 报表 12', '江边店', '应有', '差额原因', '2026-11-24 20:00:00']],
  ['en', ['Z report 12', 'Riverside', 'Expected', 'Reason', '2026-11-24 20:00:00']],
] as const)('the Z report prints in %s, in store time and with every text escaped', (language, words) => {
  const page = shiftReportHtml(reportOf(closed, { maySeeExpected: false }), place, { language, width: 80 });
  for (const word of [...words, '¥818.00', '-¥1.00', '¥817.00', 'stamps']) expect(page).toContain(word);
  expect(page).not.toContain('李 <b>');
  expect(page).toContain('李 &lt;b&gt;');
});

test.each([
  ['zh', ['现金', '银行卡', '转账', '储值', '扣回已用积分']],
  ['en', ['Cash', 'Card', 'Transfer', 'Stored value', 'Withheld for spent points']],
] as const)('every way that money moves has its name on paper in %s', (language, names) => {
  const closedWith = PAYMENT_METHODS.map((method) => ({ ...tender, method }));
  const report = reportOf({ ...closed, closedWith }, { maySeeExpected: false });
  const page = shiftReportHtml(report, place, { language, width: 80 });
  for (const name of names) expect(page).toContain(`<td colspan="2">${name}</td>`);
  expect(page).not.toMatch(/stored-value|spent-points/);
});
