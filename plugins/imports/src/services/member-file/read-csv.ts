import { createReadStream } from 'node:fs';
import { pipeline, Transform } from 'node:stream';
import { parse, type Info } from 'csv-parse';
import { cellTooLong, notASheet, unreadableFile } from '../../domain/errors';
import type { FileRecord } from '../read-file';
import { LIMITS } from './limits';

export const ENCODINGS = ['utf-8', 'gb18030', 'utf-16le'] as const;
export type Encoding = (typeof ENCODINGS)[number];

export interface CsvFormat {
  kind: 'csv';
  encoding: Encoding;
  delimiter: string;
}

const DELIMITERS = [',', ';', '\t', '|'];
/** A record is at most as long as a row of full columns is in practice; more is an unclosed quote that swallows the file. */
const LONGEST_RECORD = 262_144;
/** Enough of a file to tell how its header is separated. */
const SNIFFED = 65_536;

async function isEncoded(path: string, encoding: Encoding): Promise<boolean> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  try {
    for await (const chunk of createReadStream(path)) decoder.decode(chunk as Buffer, { stream: true });
    decoder.decode();
    return true;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}

async function encodingOf(path: string, start: Buffer): Promise<Encoding> {
  if (start[0] === 0xff && start[1] === 0xfe) return 'utf-16le';
  if (start.includes(0)) throw notASheet({ reason: 'it is not text' });
  for (const encoding of ['utf-8', 'gb18030'] as const) if (await isEncoded(path, encoding)) return encoding;
  throw unreadableFile({ reason: 'its text is neither UTF-8 nor GB18030' });
}

function delimiterOf(text: string): string {
  const header =
    text
      .replace(/"[^"]*"/g, '')
      .split(/[\r\n]/)
      .find((line) => line.trim() !== '') ?? '';
  const counts = DELIMITERS.map((delimiter) => header.split(delimiter).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ',';
}

/** How the text of a file is encoded and separated. @throws unreadable_file, not_a_sheet (422) */
export async function sniffCsv(path: string, start: Buffer): Promise<CsvFormat> {
  const encoding = await encodingOf(path, start);
  const text = new TextDecoder(encoding).decode(start.subarray(0, SNIFFED));
  return { kind: 'csv', encoding, delimiter: delimiterOf(text) };
}

/** Text with one kind of line end: files that went through several hands have all three. */
function decoded(encoding: Encoding): Transform {
  const decoder = new TextDecoder(encoding, { fatal: true });
  let isHeldBack = false;
  function take(text: string, isLast: boolean): string {
    const whole = isHeldBack ? `\r${text}` : text;
    isHeldBack = !isLast && whole.endsWith('\r');
    return (isHeldBack ? whole.slice(0, -1) : whole).replace(/\r\n?/g, '\n');
  }
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      try {
        done(null, take(decoder.decode(chunk, { stream: true }), false));
      } catch (error) {
        done(error as Error);
      }
    },
    flush(done) {
      try {
        done(null, take(decoder.decode(), true));
      } catch (error) {
        done(error as Error);
      }
    },
  });
}

function toRefusal(error: Error, line: number): Error {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'CSV_MAX_RECORD_SIZE') return cellTooLong({ line: line + 1, most: LIMITS.cell });
  if (code?.startsWith('CSV_')) return unreadableFile({ reason: error.message });
  if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') return unreadableFile({ reason: 'its encoding is damaged' });
  return error;
}

/** Records of a text file one by one, header included. @throws unreadable_file, cell_too_long (422) */
export async function* readCsv(path: string, { encoding, delimiter }: CsvFormat): AsyncGenerator<FileRecord> {
  const parser = parse({
    delimiter,
    info: true,
    record_delimiter: '\n',
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: LONGEST_RECORD,
  });
  pipeline([createReadStream(path), decoded(encoding), parser], () => undefined);
  let lineNo = 0;
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: Info }>) {
      lineNo = info.lines;
      if (record.some((cell) => cell.length > LIMITS.cell)) throw cellTooLong({ line: lineNo, most: LIMITS.cell });
      yield { fields: record, lineNo };
    }
  } catch (error) {
    throw toRefusal(error as Error, lineNo);
  }
}
