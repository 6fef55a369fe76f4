import type { Transaction } from '../contracts';
import { formatMinor } from './format-minor';
import { paymentName } from './payment-names';
import {
  escapeHtml,
  localTime,
  paragraph,
  printPage,
  row,
  table,
  type ReceiptLanguage,
  type ReceiptWidth,
} from './print-page';

export interface ReceiptPlace {
  nameZh: string;
  nameEn: string;
  address: string | null;
  phone: string | null;
  footer: string | null;
  /** IANA name. */
  timeZone: string;
  tillCode: string | null;
}

export interface ReceiptOptions {
  language: ReceiptLanguage;
  width: ReceiptWidth;
  /** SVG of the QR code that holds the transaction number. */
  qrCode: string;
}

const TEXTS = {
  zh: {
    number: '单号',
    time: '时间',
    till: '收银台',
    staff: '收银员',
    member: '会员',
    list: '原价合计',
    discount: '优惠',
    surcharge: '加价',
    total: '应付',
    refund: '退款',
    rounding: '现金取整',
    tax: '含税',
    received: '实收现金',
    change: '找零',
    redeemed: '抵扣积分',
    earned: '获得积分',
    cardNumber: '卡号',
    principal: '本金',
    bonus: '赠金',
    left: '卡内余额',
    sessionsLeft: '剩余次数',
    used: '已使用',
    coupons: '赠券',
    voided: '作废赠券',
    until: '有效至',
  },
  en: {
    number: 'No.',
    time: 'Time',
    till: 'Till',
    staff: 'Served by',
    member: 'Member',
    list: 'List price',
    discount: 'You save',
    surcharge: 'Added',
    total: 'Total',
    refund: 'Refund',
    rounding: 'Cash rounding',
    tax: 'Tax included',
    received: 'Cash received',
    change: 'Change',
    redeemed: 'Points redeemed',
    earned: 'Points earned',
    cardNumber: 'Card',
    principal: 'Principal',
    bonus: 'Bonus',
    left: 'Left on the card',
    sessionsLeft: 'left',
    used: 'used',
    coupons: 'Coupons given',
    voided: 'Coupons made void',
    until: 'until',
  },
} as const;

function headRows(transaction: Transaction, place: ReceiptPlace, language: ReceiptLanguage): string[] {
  const texts = TEXTS[language];
  const { memberNo, memberName } = transaction;
  const member = [memberNo, memberName].filter((part) => part !== null).join(' ');
  return [
    row(texts.number, transaction.number),
    row(texts.time, localTime(transaction.occurredAt, place.timeZone)),
    ...(place.tillCode ? [row(texts.till, place.tillCode)] : []),
    row(texts.staff, transaction.staffName),
    ...(member ? [row(texts.member, member)] : []),
  ];
}

function lineRows(line: Transaction['lines'][number], language: ReceiptLanguage, money: (amount: number) => string) {
  const name = language === 'zh' ? line.nameZh : line.nameEn;
  return [
    `<tr class="name"><td colspan="2">${escapeHtml(name)}</td></tr>`,
    row(`${line.quantity} × ${money(line.listUnitPrice)}`, money(line.listAmount)),
    ...line.adjustments.map(({ label, reason, amount }) =>
      row([label[language], reason].filter(Boolean).join(' · '), money(amount), 'why'),
    ),
    ...(line.adjustments.length > 0 ? [row('', money(line.amount), 'after')] : []),
  ];
}

/** Tax contained, one row per rate. */
function taxRows(transaction: Transaction, label: string, money: (amount: number) => string): string[] {
  const byRate = new Map<number, number>();
  for (const { taxRate, taxAmount } of transaction.lines) {
    byRate.set(taxRate, (byRate.get(taxRate) ?? 0) + taxAmount);
  }
  return [...byRate]
    .filter(([rate]) => rate > 0)
    .sort(([a], [b]) => a - b)
    .map(([rate, tax]) => row(`${label} ${rate / 100}%`, money(tax), 'why'));
}

function totalRows(transaction: Transaction, language: ReceiptLanguage, money: (amount: number) => string): string[] {
  const texts = TEXTS[language];
  const { list, discount, payable, rounding } = transaction.totals;
  const saved = discount * Math.sign(payable || 1);
  return [
    ...(discount === 0
      ? []
      : [row(texts.list, money(list)), row(saved > 0 ? texts.discount : texts.surcharge, money(-discount))]),
    row(transaction.kind === 'refund' ? texts.refund : texts.total, money(payable), 'total'),
    ...taxRows(transaction, texts.tax, money),
    ...(rounding === 0 ? [] : [row(texts.rounding, money(rounding))]),
  ];
}

function paymentRows(transaction: Transaction, language: ReceiptLanguage, money: (amount: number) => string): string[] {
  const texts = TEXTS[language];
  return transaction.payments.flatMap(({ method, amount, received, change, reference }) => [
    row([paymentName(method, language), reference].filter(Boolean).join(' '), money(amount)),
    ...(received === null
      ? []
      : [row(texts.received, money(received), 'why'), row(texts.change, money(change), 'why')]),
  ]);
}

function pointsRows({ points }: Transaction, language: ReceiptLanguage): string[] {
  if (!points) return [];
  return (['redeemed', 'earned'] as const)
    .filter((which) => points[which] !== 0)
    .map((which) => row(TEXTS[language][which], String(points[which])));
}

/** What it did to cards, and what is left on them. */
function cardRows({ cards }: Transaction, language: ReceiptLanguage, money: (amount: number) => string): string[] {
  const texts = TEXTS[language];
  return (cards ?? []).flatMap(({ number, principal, bonus, left, sessions }) => [
    row(texts.cardNumber, number),
    ...(principal === 0 ? [] : [row(texts.principal, money(principal), 'why')]),
    ...(bonus === 0 ? [] : [row(texts.bonus, money(bonus), 'why')]),
    ...(left === null ? [] : [row(texts.left, money(left))]),
    ...sessions.map((session) =>
      row(
        `${language === 'zh' ? session.nameZh : session.nameEn} ${session.moved > 0 ? '+' : ''}${session.moved}`,
        session.left === null
          ? texts.used
          : language === 'zh'
            ? `${texts.sessionsLeft} ${session.left}`
            : `${session.left} ${texts.sessionsLeft}`,
        'why',
      ),
    ),
  ]);
}

/** Coupons that came with it; they are the member's, so the till finds them with him. */
function couponRows({ coupons }: Transaction, { timeZone }: ReceiptPlace, language: ReceiptLanguage): string[] {
  const texts = TEXTS[language];
  return (coupons ?? []).flatMap(({ label, quantity, validUntil }) => [
    row(quantity > 0 ? texts.coupons : texts.voided, `${Math.abs(quantity)} × ${label[language]}`),
    ...(quantity > 0 && validUntil !== null
      ? [row('', `${texts.until} ${localTime(validUntil, timeZone)}`, 'why')]
      : []),
  ]);
}

/**
 * A booked transaction as a page for a receipt printer: self-contained, no script, every text escaped, every change of a
 * price explained under its line. Times are the store's.
 */
export function receiptHtml(transaction: Transaction, place: ReceiptPlace, options: ReceiptOptions): string {
  const { language, width, qrCode } = options;
  const money = (amount: number) => formatMinor(amount, transaction.currency);
  const name = language === 'zh' ? place.nameZh : place.nameEn;
  return printPage({
    title: transaction.number,
    language,
    width,
    parts: [
      `<header><h1>${escapeHtml(name)}</h1>${paragraph(place.address)}${paragraph(place.phone)}</header>`,
      table(headRows(transaction, place, language)),
      table(transaction.lines.flatMap((line) => lineRows(line, language, money))),
      table(totalRows(transaction, language, money)),
      table(paymentRows(transaction, language, money)),
      table(pointsRows(transaction, language)),
      table(cardRows(transaction, language, money)),
      table(couponRows(transaction, place, language)),
      `<footer><div class="qr">${qrCode}</div><p>${escapeHtml(transaction.number)}</p>${paragraph(place.footer)}</footer>`,
    ],
  });
}
