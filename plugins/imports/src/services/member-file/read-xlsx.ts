import { TesseraError } from '@tessera/kernel/domain';
import { SaxesParser, type SaxesTagPlain } from 'saxes';
import { openPromise, type Entry, type ZipFile } from 'yauzl';
import { cellTooLong, notASheet, tooManyColumns, tooManyRows, unpackedTooLarge } from '../../domain/errors';
import type { FileRecord } from '../read-file';
import { LIMITS } from './limits';
import { isDateFormat, serialToText } from './xlsx-dates';

type Entries = ReadonlyMap<string, Entry>;

/** The directory of the archive. What it says of sizes is held against what comes out, by yauzl. */
async function entriesOf(zip: ZipFile): Promise<Entries> {
  const entries = new Map<string, Entry>();
  let unpacked = 0;
  for await (const entry of zip.eachEntry()) {
    unpacked += entry.uncompressedSize;
    if (entries.size >= LIMITS.entries || unpacked > LIMITS.unpacked) throw unpackedTooLarge({ most: LIMITS.unpacked });
    entries.set(entry.fileName.replace(/^\//, ''), entry);
  }
  return entries;
}

type Handlers = Partial<{ open(tag: SaxesTagPlain): void; close(name: string): void; text(text: string): void }>;

/** Names without their prefix: some programs write `x:row`. */
function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

/** Feeds one part of the workbook through the parser; yields after each piece, so that what was found can be taken. */
async function* parsePart(zip: ZipFile, entry: Entry | undefined, handlers: Handlers): AsyncGenerator<void> {
  if (!entry) return;
  const parser = new SaxesParser();
  parser.on('opentag', (tag) => handlers.open?.({ ...tag, name: localName(tag.name) }));
  parser.on('closetag', (tag) => handlers.close?.(localName(tag.name)));
  parser.on('text', (text) => handlers.text?.(text));
  parser.on('error', (error) => {
    throw notASheet({ reason: `${entry.fileName} is damaged: ${error.message.slice(0, 120)}` });
  });
  const decoder = new TextDecoder('utf-8');
  for await (const chunk of await zip.openReadStreamPromise(entry)) {
    parser.write(decoder.decode(chunk as Buffer, { stream: true }));
    yield;
  }
  parser.close();
}

async function readPart(zip: ZipFile, entry: Entry | undefined, handlers: Handlers): Promise<void> {
  for await (const _ of parsePart(zip, entry, handlers));
}

/** Path of the first sheet, as the workbook and its relations tell. */
async function findSheet(zip: ZipFile, entries: Entries): Promise<{ sheet: Entry; is1904: boolean }> {
  let firstId: string | undefined;
  let is1904 = false;
  await readPart(zip, entries.get('xl/workbook.xml'), {
    open({ name, attributes }) {
      if (name === 'sheet') firstId ??= Object.entries(attributes).find(([key]) => /:id$/.test(key))?.[1];
      if (name === 'workbookPr') is1904 = attributes['date1904'] === '1' || attributes['date1904'] === 'true';
    },
  });
  let target: string | undefined;
  await readPart(zip, entries.get('xl/_rels/workbook.xml.rels'), {
    open({ name, attributes }) {
      if (name === 'Relationship' && attributes['Id'] === firstId) target = attributes['Target'];
    },
  });
  const path = target?.startsWith('/') ? target.slice(1) : `xl/${target ?? 'worksheets/sheet1.xml'}`;
  const sheet = entries.get(path);
  if (!sheet) throw notASheet({ reason: 'it is an archive without a worksheet' });
  return { sheet, is1904 };
}

/** `_x000D_` is how a workbook writes what XML cannot hold. NUL and halves of a pair stay written out: nothing stores them. */
function unescapeText(text: string): string {
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (written, digits: string) => {
    const code = parseInt(digits, 16);
    return code === 0 || (code >= 0xd800 && code <= 0xdfff) ? written : String.fromCharCode(code);
  });
}

/** Texts that cells share, in their order. Readings (`rPh`) stand beside a text and are no part of it. */
async function readSharedTexts(zip: ZipFile, entries: Entries): Promise<string[]> {
  const entry = entries.get('xl/sharedStrings.xml');
  if (entry && entry.uncompressedSize > LIMITS.sharedTexts) throw unpackedTooLarge({ most: LIMITS.sharedTexts });
  const texts: string[] = [];
  let text = '';
  let isText = false;
  let isReading = false;
  await readPart(zip, entry, {
    open({ name }) {
      if (name === 'si') text = '';
      if (name === 'rPh') isReading = true;
      if (name === 't') isText = !isReading;
    },
    text(piece) {
      if (isText) text += piece;
    },
    close(name) {
      if (name === 't') isText = false;
      if (name === 'rPh') isReading = false;
      if (name === 'si') texts.push(unescapeText(text));
    },
  });
  return texts;
}

/** Which cell styles show a number as a date. */
async function readDateStyles(zip: ZipFile, entries: Entries): Promise<boolean[]> {
  const custom = new Map<number, string>();
  const styles: boolean[] = [];
  let isInStyles = false;
  await readPart(zip, entries.get('xl/styles.xml'), {
    open({ name, attributes }) {
      if (name === 'numFmt') custom.set(Number(attributes['numFmtId']), attributes['formatCode'] ?? '');
      if (name === 'cellXfs') isInStyles = true;
      if (name === 'xf' && isInStyles) {
        const id = Number(attributes['numFmtId'] ?? 0);
        styles.push(isDateFormat(id, custom.get(id)));
      }
    },
    close(name) {
      if (name === 'cellXfs') isInStyles = false;
    },
  });
  return styles;
}

/** `AB12` → 27. */
function columnIndex(reference: string): number {
  let index = 0;
  for (const letter of /^[A-Z]{1,3}/.exec(reference)?.[0] ?? '') index = index * 26 + letter.charCodeAt(0) - 64;
  return index - 1;
}

interface CellFacts {
  sharedTexts: readonly string[];
  dateStyles: readonly boolean[];
  is1904: boolean;
}

function cellText(raw: string, attributes: Record<string, string>, facts: CellFacts): string {
  const { t: type = 'n', s: style } = attributes;
  if (type === 's') return facts.sharedTexts[Number(raw)] ?? '';
  if (type === 'b') return raw === '1' ? 'true' : 'false';
  if (type !== 'n') return unescapeText(raw);
  if (raw === '') return '';
  if (facts.dateStyles[Number(style ?? -1)]) return serialToText(Number(raw), facts.is1904);
  const value = Number(raw);
  // Phones and numbers are often kept as numbers, large ones as 1.38E10.
  return /[eE.]/.test(raw) && Number.isFinite(value) ? String(value) : raw;
}

/** Collects the rows of a sheet out of its cells. */
function rowsHandlers(facts: CellFacts, rows: FileRecord[]): Handlers {
  let fields: string[] = [];
  let lineNo = 0;
  let attributes: Record<string, string> = {};
  let column = -1;
  let raw = '';
  let isValue = false;
  let depth = 0;
  return {
    open(tag) {
      if (tag.name === 'row') {
        lineNo = Math.max(lineNo + 1, Number(tag.attributes['r']) || 0);
        fields = [];
        column = -1;
      } else if (tag.name === 'c') {
        attributes = tag.attributes;
        column = attributes['r'] ? columnIndex(attributes['r']) : column + 1;
        if (column >= LIMITS.columns) throw tooManyColumns({ most: LIMITS.columns });
        raw = '';
      } else if (tag.name === 'rPh') depth += 1;
      else if (tag.name === 'v' || tag.name === 't') isValue = depth === 0;
    },
    text(piece) {
      if (!isValue) return;
      raw += piece;
      if (raw.length > LIMITS.cell) throw cellTooLong({ line: lineNo, most: LIMITS.cell });
    },
    close(name) {
      if (name === 'v' || name === 't') isValue = false;
      else if (name === 'rPh') depth -= 1;
      else if (name === 'c' && column >= 0) {
        while (fields.length < column) fields.push('');
        fields[column] = cellText(raw, attributes, facts);
      } else if (name === 'row' && fields.some((field) => field !== '')) {
        if (lineNo > LIMITS.rows * 10) throw tooManyRows({ most: LIMITS.rows });
        rows.push({ fields, lineNo });
      }
    },
  };
}

/** What yauzl and the streams say of a damaged archive, as a refusal. */
function toRefusal(error: unknown): Error {
  if (error instanceof TesseraError) return error;
  const { message, code } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT' || code === 'EACCES') return error as Error;
  return notASheet({ reason: message.slice(0, 160) });
}

/**
 * Rows of the first sheet of a workbook, header included; blank rows are passed over. Memory holds the texts that cells
 * share and a piece of the sheet. @throws not_a_sheet, unpacked_too_large, too_many_columns, cell_too_long (422)
 */
export async function* readXlsx(path: string): AsyncGenerator<FileRecord> {
  let zip: ZipFile | undefined;
  try {
    zip = await openPromise(path, { lazyEntries: true, autoClose: false });
    const entries = await entriesOf(zip);
    const { sheet, is1904 } = await findSheet(zip, entries);
    const facts = {
      sharedTexts: await readSharedTexts(zip, entries),
      dateStyles: await readDateStyles(zip, entries),
      is1904,
    };
    const rows: FileRecord[] = [];
    for await (const _ of parsePart(zip, sheet, rowsHandlers(facts, rows))) yield* rows.splice(0);
    yield* rows;
  } catch (error) {
    throw toRefusal(error);
  } finally {
    zip?.close();
  }
}
