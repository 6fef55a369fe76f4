import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline, Transform } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { parse, type Info } from 'csv-parse';
import { emptyFile, unreadableFile, wrongHeader } from '../domain/errors';

/** One line of the file as text, the header being line 1. */
export interface FileRecord {
  fields: string[];
  lineNo: number;
}

const GZIP_MAGIC = Buffer.from([0x1f, 0x8b]);
/** Longer records are an unclosed quote that swallows the file. */
const LONGEST_RECORD = 65_536;
const CHUNK = 1_000;

async function firstBytes(path: string): Promise<Buffer> {
  try {
    const file = await open(path);
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(512), 0, 512, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  } catch (error) {
    throw unreadableFile({
      reason: (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'it is not there' : String(error),
    });
  }
}

async function isGzip(path: string): Promise<boolean> {
  const start = await firstBytes(path);
  if (start.length === 0) throw emptyFile(undefined);
  if (start.subarray(0, 2).equals(GZIP_MAGIC)) return true;
  if (start.includes(0)) throw unreadableFile({ reason: 'it is neither text nor gzip' });
  return false;
}

function counted(onBytes: (bytes: number) => void): Transform {
  let bytes = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      onBytes(bytes);
      done(null, chunk);
    },
  });
}

function demandHeader(found: string[], expected: readonly string[]): void {
  const isSame = found.length === expected.length && expected.every((name, index) => found[index]?.trim() === name);
  if (!isSame)
    throw wrongHeader({ expected: [...expected], found: found.slice(0, 20).map((name) => name.slice(0, 80)) });
}

function toRefusal(error: Error): Error {
  const { code } = error as NodeJS.ErrnoException;
  if (code?.startsWith('CSV_')) return unreadableFile({ reason: error.message });
  if (code?.startsWith('Z_')) return unreadableFile({ reason: 'it is damaged or incomplete gzip' });
  return error;
}

/**
 * Streams a CSV file, gzipped or plain, in chunks of rows; memory does not grow with the file.
 * @param onBytes gets how many bytes of the file have been read so far
 * @throws unreadable_file, empty_file, wrong_header (422)
 */
export async function* readRecords(
  path: string,
  columns: readonly string[],
  onBytes: (bytes: number) => void = () => undefined,
): AsyncGenerator<FileRecord[]> {
  const parser = parse({
    bom: true,
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    // A misplaced quote stays in its field. Skipping such a record is no choice: the parser would lose rows after it.
    relax_quotes: true,
    max_record_size: LONGEST_RECORD,
  });
  const decoders = (await isGzip(path)) ? [createGunzip()] : [];
  pipeline([createReadStream(path), counted(onBytes), ...decoders, parser], () => undefined);
  let hasHeader = false;
  let chunk: FileRecord[] = [];
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: Info }>) {
      if (!hasHeader) {
        demandHeader(record, columns);
        hasHeader = true;
        continue;
      }
      chunk.push({ fields: record, lineNo: info.lines });
      if (chunk.length >= CHUNK) {
        yield chunk;
        chunk = [];
      }
    }
  } catch (error) {
    throw toRefusal(error as Error);
  }
  if (!hasHeader) throw emptyFile(undefined);
  if (chunk.length > 0) yield chunk;
}

/** Reads the beginning of a file. @throws unreadable_file, empty_file, wrong_header (422) */
export async function demandFile(path: string, columns: readonly string[]): Promise<void> {
  for await (const rows of readRecords(path, columns)) {
    if (rows.length > 0) return;
  }
}
