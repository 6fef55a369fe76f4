import { Readable, type PassThrough } from 'node:stream';
import { CSV_BOM, csvLine, shieldCell } from '@tessera/kernel/domain';
import { ZipFile } from 'yazl';
import type { SheetCell } from '../domain/export-cell';

export interface Sheet {
  title: string;
  header: readonly string[];
  rows: AsyncIterable<SheetCell[][]>;
  /** Stands in the last row, in the print's footer and in the properties. */
  watermark: string;
  author: string;
  now: Date;
}

async function* csvPieces({ header, rows, watermark }: Sheet): AsyncGenerator<string> {
  yield CSV_BOM + csvLine(header);
  for await (const page of rows) yield page.map(csvLine).join('');
  yield csvLine([watermark]);
}

function escapeUnit(character: string): string {
  return `_x${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`;
}

/** What XML cannot hold is written as workbooks write it: `_x000D_`. */
function xml(text: string): string {
  return text
    .replace(/_x[0-9A-Fa-f]{4}_/g, (written) => `_x005F${written}`)
    .replace(/[^\P{Cc}\t\n]|[\ufffe\uffff]/gu, escapeUnit)
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;');
}

/** Texts are texts here already; they are shielded all the same, for the day somebody saves the sheet as CSV. */
function cellXml(cell: SheetCell): string {
  if (cell === null) return '<c/>';
  if (typeof cell === 'number') return `<c><v>${cell}</v></c>`;
  return `<c t="inlineStr"><is><t xml:space="preserve">${xml(shieldCell(cell))}</t></is></c>`;
}

function rowXml(cells: readonly SheetCell[]): string {
  return `<row>${cells.map(cellXml).join('')}</row>`;
}

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
/** Characters of a printed footer; `&` begins a code in it. */
const LONGEST_FOOTER = 200;

async function* sheetPieces({ header, rows, watermark }: Sheet): AsyncGenerator<string> {
  yield `${HEAD}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>`;
  yield rowXml([...header]);
  for await (const page of rows) yield page.map(rowXml).join('');
  yield rowXml([watermark]);
  const footer = xml([...watermark].slice(0, LONGEST_FOOTER).join('').replaceAll('&', '&&'));
  yield `</sheetData><headerFooter><oddFooter>&amp;L${footer}&amp;R&amp;P</oddFooter></headerFooter></worksheet>`;
}

/** The parts of a workbook with one sheet (ECMA-376), but for the sheet itself. */
function partsOf({ title, watermark, author, now }: Sheet): Record<string, string> {
  const type = (part: string, kind: string) =>
    `<Override PartName="/${part}" ContentType="application/vnd.openxmlformats-${kind}+xml"/>`;
  const relation = (id: number, kind: string, target: string) =>
    `<Relationship Id="r${id}" Type="${kind}" Target="${target}"/>`;
  const relations = (all: string) => `<Relationships xmlns="${PACKAGE}/relationships">${all}</Relationships>`;
  return {
    '[Content_Types].xml': `<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${type('xl/workbook.xml', 'officedocument.spreadsheetml.sheet.main')}${type('xl/worksheets/sheet1.xml', 'officedocument.spreadsheetml.worksheet')}${type('docProps/core.xml', 'package.core-properties')}</Types>`,
    '_rels/.rels': relations(
      relation(1, `${OFFICE}/officeDocument`, 'xl/workbook.xml') +
        relation(2, `${PACKAGE}/relationships/metadata/core-properties`, 'docProps/core.xml'),
    ),
    'docProps/core.xml': `<cp:coreProperties xmlns:cp="${PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>${xml(title)}</dc:title><dc:creator>${xml(author)}</dc:creator><dc:description>${xml(watermark)}</dc:description><dcterms:created xsi:type="dcterms:W3CDTF">${now.toISOString()}</dcterms:created></cp:coreProperties>`,
    'xl/workbook.xml': `<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets><sheet name="${xml(title.replace(/[[\]:*?/\\]/g, ' ').slice(0, 31))}" sheetId="1" r:id="r1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relations(relation(1, `${OFFICE}/worksheet`, 'worksheets/sheet1.xml')),
  };
}

/** A workbook as it is made; whoever stops reading stops the rows as well. */
function writeXlsx(sheet: Sheet): Readable {
  const zip = new ZipFile();
  const output = zip.outputStream as PassThrough;
  const rows = Readable.from(sheetPieces(sheet));
  const options = { mtime: sheet.now };
  for (const [path, text] of Object.entries(partsOf(sheet))) zip.addBuffer(Buffer.from(HEAD + text), path, options);
  zip.addReadStream(rows, 'xl/worksheets/sheet1.xml', options);
  zip.end();
  const fail = (error: Error) => output.destroy(error);
  zip.on('error', fail);
  rows.on('error', fail);
  output.on('close', () => rows.destroy());
  return output;
}

export const SHEET_TYPES = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const;
export type SheetFormat = keyof typeof SHEET_TYPES;

/** A table as a file that runs no formula, streamed: memory does not grow with its rows. */
export function writeSheet(format: SheetFormat, sheet: Sheet): Readable {
  return format === 'csv' ? Readable.from(csvPieces(sheet)) : writeXlsx(sheet);
}
