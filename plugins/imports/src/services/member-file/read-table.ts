import { open } from 'node:fs/promises';
import { unshieldCell } from '@tessera/kernel/domain';
import { emptyFile, notASheet, tooManyColumns, tooManyRows } from '../../domain/errors';
import type { FileRecord } from '../read-file';
import { LIMITS } from './limits';
import { readCsv, sniffCsv, type CsvFormat } from './read-csv';
import { readXlsx } from './read-xlsx';

export type TableFormat = CsvFormat | { kind: 'xlsx' };

/** What a look at the whole file tells. */
export interface TableFacts {
  format: TableFormat;
  header: string[];
  /** The first few rows, to show what is in a column. */
  samples: string[][];
  rows: number;
}

const ZIP_MAGIC = Buffer.from('PK');
const OLD_EXCEL_MAGIC = Buffer.from([0xd0, 0xcf, 0x11, 0xe0]);
const SNIFFED = 65_536;
const SAMPLES = 3;
const CHUNK = 500;
/** Last row of our own exports: who took them, when and why. It is no member. */
const WATERMARK = /^# Tessera /;

async function sniff(path: string): Promise<TableFormat> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(SNIFFED), 0, SNIFFED, 0);
    const start = buffer.subarray(0, bytesRead);
    if (start.length === 0) throw emptyFile(undefined);
    if (start.subarray(0, 2).equals(ZIP_MAGIC)) return { kind: 'xlsx' };
    if (start.subarray(0, 4).equals(OLD_EXCEL_MAGIC))
      throw notASheet({ reason: 'it is an .xls of old: save it as .xlsx' });
    return await sniffCsv(path, start);
  } finally {
    await file.close();
  }
}

/** Rows of a table below its header, in chunks; cells as they were before an export shielded them. */
export async function* readTable(path: string, format: TableFormat): AsyncGenerator<FileRecord[]> {
  let isHeader = true;
  let chunk: FileRecord[] = [];
  for await (const { fields, lineNo } of format.kind === 'xlsx' ? readXlsx(path) : readCsv(path, format)) {
    if (fields.length > LIMITS.columns) throw tooManyColumns({ most: LIMITS.columns });
    const cells = fields.map(unshieldCell);
    if (isHeader) {
      isHeader = false;
      continue;
    }
    if (WATERMARK.test(cells[0] ?? '') || cells.every((cell) => cell.trim() === '')) continue;
    chunk.push({ fields: cells, lineNo });
    if (chunk.length >= CHUNK) {
      yield chunk;
      chunk = [];
    }
  }
  if (chunk.length > 0) yield chunk;
}

async function readHeader(path: string, format: TableFormat): Promise<string[]> {
  for await (const { fields } of format.kind === 'xlsx' ? readXlsx(path) : readCsv(path, format)) {
    if (fields.length > LIMITS.columns) throw tooManyColumns({ most: LIMITS.columns });
    return fields.map((field) => unshieldCell(field.replace(/^\uFEFF/, '').trim()).slice(0, 200));
  }
  throw emptyFile(undefined);
}

/**
 * Looks at all of a file: what cannot be read to its end is refused before anything is made of it.
 * @throws empty_file, unreadable_file, not_a_sheet, too_many_columns, too_many_rows, cell_too_long, unpacked_too_large (422)
 */
export async function inspectTable(path: string): Promise<TableFacts> {
  const format = await sniff(path);
  const header = await readHeader(path, format);
  const samples: string[][] = [];
  let rows = 0;
  for await (const chunk of readTable(path, format)) {
    samples.push(
      ...chunk.slice(0, SAMPLES - samples.length).map(({ fields }) => fields.map((cell) => cell.slice(0, 80))),
    );
    rows += chunk.length;
    if (rows > LIMITS.rows) throw tooManyRows({ most: LIMITS.rows });
  }
  if (rows === 0) throw emptyFile(undefined);
  return { format, header, samples, rows };
}
