import { formatMinor } from '../format-minor';
import { paymentName } from '../payment-names';
import {
  escapeHtml,
  localTime,
  paragraph,
  printPage,
  row,
  table,
  type ReceiptLanguage,
  type ReceiptWidth,
} from '../print-page';
import type { ReceiptPlace } from '../receipt';
import type { Pieces, ShiftFigures, ShiftReport, ShiftTender } from './shift-contracts';
import { movedCash } from './shift-tenders';
import { SHIFT_REPORT_TEXTS } from './shift-report-texts';

interface Paper {
  report: ShiftReport;
  place: ReceiptPlace;
  language: ReceiptLanguage;
  texts: (typeof SHIFT_REPORT_TEXTS)[ReceiptLanguage];
  money(amount: number): string;
}

const heading = (text: string): string => `<tr class="name"><td colspan="2">${escapeHtml(text)}</td></tr>`;

function headRows({ report, place, texts }: Paper): string[] {
  const { shift } = report;
  const at = (instant: string) => localTime(instant, place.timeZone);
  return [
    ...(place.tillCode ? [row(texts.till, place.tillCode)] : []),
    row(texts.businessDay, shift.businessDay),
    row(texts.opened, at(shift.openedAt)),
    row('', shift.openedBy.name),
    ...shift.handovers.flatMap(({ occurredAt, from, to }) => [
      row(texts.handover, at(occurredAt)),
      row('', `${from.name} → ${to.name}`),
    ]),
    ...(shift.closedAt ? [row(texts.closed, at(shift.closedAt)), row('', shift.closedBy?.name ?? '')] : []),
  ];
}

function tradeRows({ texts, money }: Paper, figures: ShiftFigures): string[] {
  const { sales, refunds, discount, tax, rounding, firstNumber, lastNumber } = figures;
  return [
    row(`${texts.sales} (${sales.count})`, money(sales.amount)),
    row(`${texts.refunds} (${refunds.count})`, money(refunds.amount)),
    row(texts.net, money(sales.amount + refunds.amount), 'total'),
    row(texts.tax, money(tax), 'why'),
    ...(discount === 0 ? [] : [row(texts.discount, money(discount), 'why')]),
    ...(rounding === 0 ? [] : [row(texts.rounding, money(rounding), 'why')]),
    ...(firstNumber === null ? [] : [row(texts.from, firstNumber, 'why'), row(texts.to, lastNumber ?? '', 'why')]),
  ];
}

function countRows({ texts, money }: Paper, { expected, counted, difference }: ShiftTender): string[] {
  return [
    row(texts.expected, money(expected)),
    ...(counted === null ? [] : [row(texts.counted, money(counted))]),
    ...(difference === null ? [] : [row(texts.difference, money(difference), 'total')]),
  ];
}

function tenderRows(paper: Paper, tender: ShiftTender): string[] {
  const { report, language, texts, money } = paper;
  const { float, movements } = report.shift;
  const moved = (kind: 'in' | 'out' | 'drop') => movedCash(movements.filter((movement) => movement.kind === kind));
  const besides = [
    row(texts.float, money(float.amount), 'why'),
    ...(['in', 'out', 'drop'] as const)
      .filter((kind) => moved(kind) !== 0)
      .map((kind) => row(texts.kind[kind], money(moved(kind)), 'why')),
  ];
  return [
    heading(paymentName(tender.method, language)),
    row(texts.sales, money(tender.sales), 'why'),
    ...(tender.refunds === 0 ? [] : [row(texts.refunds, money(tender.refunds), 'why')]),
    ...(tender.method === 'cash' ? besides : []),
    ...countRows(paper, tender),
  ];
}

function movementRows({ report, place, texts, money }: Paper): string[] {
  const { movements } = report.shift;
  if (movements.length === 0) return [];
  return [
    heading(texts.movements),
    ...movements.flatMap((movement) => [
      row(`${texts.kind[movement.kind]} · ${movement.reason}`, money(movedCash([movement]))),
      row(`${localTime(movement.occurredAt, place.timeZone)} · ${movement.staff.name}`, '', 'why'),
    ]),
  ];
}

function pieceRows({ texts, money }: Paper, title: string, pieces: readonly Pieces[]): string[] {
  if (pieces.length === 0) return [];
  return [
    heading(title),
    ...pieces.map(({ value, form, count }) =>
      row(`${texts.form[form]} ${money(value)} × ${count}`, money(value * count), 'why'),
    ),
  ];
}

function figureParts(paper: Paper, figures: ShiftFigures): string[] {
  const { texts, report } = paper;
  const { tenders, counts, differenceReason } = figures;
  return [
    table(tradeRows(paper, figures)),
    ...tenders.map((tender) => table(tenderRows(paper, tender))),
    table([
      ...(differenceReason === null ? [] : [row(texts.reason, differenceReason)]),
      ...(counts.length > 1 ? [row(texts.counts, String(counts.length))] : []),
    ]),
    table(report.kind === 'z' ? pieceRows(paper, texts.counted, counts.at(-1)?.cash ?? []) : []),
  ];
}

/** An X or Z report as a page for the receipt printer: times are the store's, every text is escaped. */
export function shiftReportHtml(
  report: ShiftReport,
  place: ReceiptPlace,
  options: { language: ReceiptLanguage; width: ReceiptWidth },
): string {
  const { language, width } = options;
  const { shift, figures } = report;
  const texts = SHIFT_REPORT_TEXTS[language];
  const paper: Paper = { report, place, language, texts, money: (amount) => formatMinor(amount, shift.currency) };
  const title = report.kind === 'z' ? `${texts.z} ${shift.zNumber}` : texts.x;
  const name = language === 'zh' ? place.nameZh : place.nameEn;
  return printPage({
    title,
    language,
    width,
    parts: [
      `<header><h1>${escapeHtml(title)}</h1>${paragraph(name)}</header>`,
      table(headRows(paper)),
      ...(figures ? figureParts(paper, figures) : [`<p>${escapeHtml(texts.blind)}</p>`]),
      table(movementRows(paper)),
      table(pieceRows(paper, texts.float, shift.float.pieces)),
      `<footer><p>${escapeHtml(texts.signature)} ____________________</p></footer>`,
    ],
  });
}
