import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';

type Cell = string | { type: string; xml: string };

const cellXml = (cell: Cell) =>
  typeof cell === 'string' ? `<c t="inlineStr"><is><t>${cell}</t></is></c>` : `<c ${cell.type}>${cell.xml}</c>`;
const rowXml = (cells: Cell[]) => `<row>${cells.map(cellXml).join('')}</row>`;

function sheetOf(rows: Cell[][]): string {
  return `<worksheet><sheetData>${rows.map(rowXml).join('')}</sheetData></worksheet>`;
}

/** An archive with these files; `null` takes one of a plain workbook away. */
export async function archiveOf(files: Record<string, string | Buffer | null>): Promise<Buffer> {
  const plain = {
    'xl/workbook.xml': '<workbook xmlns:r="r"><sheets><sheet name="A" r:id="r9"/></sheets></workbook>',
    'xl/_rels/workbook.xml.rels': '<Relationships><Relationship Id="r9" Target="worksheets/one.xml"/></Relationships>',
  };
  const zip = new ZipFile();
  for (const [path, content] of Object.entries<string | Buffer | null>({ ...plain, ...files })) {
    if (content !== null) zip.addBuffer(Buffer.from(content), path);
  }
  zip.end();
  return buffer(zip.outputStream as never);
}

export async function workbookOf(rows: Cell[][], others: Record<string, string> = {}): Promise<Buffer> {
  return archiveOf({ 'xl/worksheets/one.xml': sheetOf(rows), ...others });
}
