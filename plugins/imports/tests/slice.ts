import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** Real rows, with every kind of oddity: see config/demo/README.md. */
export const SLICE = resolve(__dirname, '../../../config/demo/online-retail-slice.csv.gz');

export const HEADER = 'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country';

/** Σ Quantity × UnitPrice of the slice in thousandths of a pound, added up by another program. */
export const SLICE_TOTAL = 65_737_602;
export const SLICE_ROWS = 4_645;

const directory = mkdtempSync(join(tmpdir(), 'tessera-import-'));
let files = 0;

/** A file with this content; returns its path. */
export function fileOf(content: string | Buffer): string {
  const path = join(directory, `${++files}.csv`);
  writeFileSync(path, content);
  return path;
}

export function fileOfLines(...lines: string[]): string {
  return fileOf([HEADER, ...lines].join('\n'));
}

export function sliceLines(): string[] {
  return gunzipSync(readFileSync(SLICE)).toString('utf8').trimEnd().split('\n');
}
