import fc from 'fast-check';
import type { Transaction } from '../contracts';
import { escapeHtml } from './print-page';
import { receiptHtml, type ReceiptPlace } from './receipt';

const place: ReceiptPlace = {
  nameZh: '一店',
  nameEn: 'Store one',
  address: 'Road 1',
  phone: '021',
  footer: '谢谢',
  timeZone: 'Asia/Shanghai',
  tillCode: 'T1',
};

const transaction: Transaction = {
  id: 't1',
  number: 'T1-260301-1',
  kind: 'sale',
  storeId: 's',
  tillId: 't',
  staffId: '1',
  staffName: '<script>alert(1)</script>',
  memberId: 'm',
  memberName: '张**',
  memberNo: 'M1',
  businessDay: '2026-03-01',
  occurredAt: '2026-03-01T02:03:04.000Z',
  currency: 'CNY',
  lines: [
    {
      id: 't1-1',
      lineNo: 1,
      sku: 'A',
      kind: 'product',
      nameZh: '咖啡 <b>',
      nameEn: 'Coffee & "milk"',
      quantity: 2,
      listUnitPrice: 1_000,
      listAmount: 2_000,
      adjustments: [
        {
          source: 'manual-discount',
          code: 'x',
          label: { zh: '手动折扣', en: 'Discount' },
          amount: -201,
          reason: `it's`,
        },
      ],
      amount: 1_799,
      taxRate: 600,
      taxAmount: 102,
      staffIds: [],
    },
  ],
  totals: {
    list: 2_000,
    discount: 201,
    tax: 102,
    payable: 1_799,
    payableInCash: 1_800,
    rounding: 1,
    paid: 1_800,
    change: 200,
  },
  payments: [{ method: 'cash', amount: 1_800, received: 2_000, change: 200, reference: null }],
  points: null,
  cards: null,
  coupons: null,
  refundsTransactionId: null,
  exchangedWith: null,
};

const page = (language: 'zh' | 'en', width: 58 | 80 = 80) =>
  receiptHtml(transaction, place, { language, width, qrCode: '<svg></svg>' });

test('nothing that somebody typed becomes markup', () => {
  const markup = page('zh') + page('en');
  expect(markup).not.toContain('<script');
  expect(markup).not.toContain('<b>');
  expect(markup).toContain('Coffee &amp; &quot;milk&quot;');
});

test('escaped text has no character that opens markup or ends an attribute', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => expect(escapeHtml(text)).not.toMatch(/[<>"']/)));
});

test('a price that was changed is explained under its line, in the language of the receipt', () => {
  expect(page('en')).toContain('<td>Discount · it&#39;s</td><td>-¥2.01</td>');
  expect(page('zh')).toContain('<td>手动折扣 · it&#39;s</td><td>-¥2.01</td>');
});

test('it says the total, the tax of each rate, the rounding, what was handed over and the change', () => {
  const markup = page('en');
  for (const text of ['¥17.99', 'Tax included 6%', '¥1.02', 'Cash rounding', '¥0.01', '¥20.00', '¥2.00']) {
    expect(markup).toContain(text);
  }
});

test('the time is that of the store and the paper as wide as asked', () => {
  expect(page('zh', 58)).toContain('2026-03-01 10:03:04');
  expect(page('zh', 58)).toContain('size:58mm');
});
