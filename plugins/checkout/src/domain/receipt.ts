import type { Transaction } from '../contracts';
import { formatMinor } from './format-minor';

export type ReceiptLanguage = 'zh' | 'en';
/** Paper width in millimetres. */
export type ReceiptWidth = 58 | 80;

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
    cash: '现金',
    card: '银行卡',
    transfer: '转账',
    received: '实收现金',
    change: '找零',
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
    cash: 'Cash',
    card: 'Card',
    transfer: 'Transfer',
    received: 'Cash received',
    change: 'Change',
  },
} as const;

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text made safe for HTML content and quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}

function row(label: string, value: string, kind = ''): string {
  return `<tr${kind ? ` class="${kind}"` : ''}><td>${escapeHtml(label)}</td><td>${escapeHtml(value)}</td></tr>`;
}

function localTime(instant: string, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
  return parts.format(new Date(instant));
}

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
    row([texts[method], reference].filter(Boolean).join(' '), money(amount)),
    ...(received === null
      ? []
      : [row(texts.received, money(received), 'why'), row(texts.change, money(change), 'why')]),
  ]);
}

function styleOf(width: ReceiptWidth): string {
  return `@page{size:${width}mm auto;margin:0}*{box-sizing:border-box}
body{width:${width}mm;margin:0 auto;padding:3mm;color:#000;background:#fff;font:${width === 58 ? 9 : 10}pt/1.35 system-ui,"PingFang SC","Noto Sans CJK SC","Microsoft YaHei",sans-serif;font-variant-numeric:tabular-nums}
h1{font-size:1.3em;margin:0}header,footer{text-align:center}header p,footer p{margin:.5mm 0}
table{width:100%;border-collapse:collapse;border-top:1px dashed #000;margin-top:2mm;padding-top:1mm}td{padding:.3mm 0;vertical-align:top;overflow-wrap:anywhere}
td+td{text-align:right;white-space:nowrap;padding-left:2mm}.name td{font-weight:600}.why td{font-size:.88em}.why td:first-child{padding-left:2mm}
.total td{font-size:1.25em;font-weight:700}.qr svg{width:26mm;height:26mm;display:block;margin:2mm auto 0}`;
}

function paragraph(text: string | null): string {
  return text ? `<p>${escapeHtml(text)}</p>` : '';
}

/**
 * A booked transaction as a page for a receipt printer: self-contained, no script, every text escaped, every change of a
 * price explained under its line. Times are the store's.
 */
export function receiptHtml(transaction: Transaction, place: ReceiptPlace, options: ReceiptOptions): string {
  const { language, width, qrCode } = options;
  const money = (amount: number) => formatMinor(amount, transaction.currency);
  const table = (rows: readonly string[]) => (rows.length > 0 ? `<table>${rows.join('')}</table>` : '');
  return `<!doctype html><html lang="${language === 'zh' ? 'zh-CN' : 'en'}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>${escapeHtml(transaction.number)}</title><style>${styleOf(width)}</style></head><body>
<header><h1>${escapeHtml(language === 'zh' ? place.nameZh : place.nameEn)}</h1>${paragraph(place.address)}${paragraph(place.phone)}</header>
${table(headRows(transaction, place, language))}
${table(transaction.lines.flatMap((line) => lineRows(line, language, money)))}
${table(totalRows(transaction, language, money))}
${table(paymentRows(transaction, language, money))}
<footer><div class="qr">${qrCode}</div><p>${escapeHtml(transaction.number)}</p>${paragraph(place.footer)}</footer></body></html>`;
}
