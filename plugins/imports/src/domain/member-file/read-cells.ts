import { splitList } from '@tessera/backoffice/domain';
import { instantOf } from '@tessera/kernel/domain';
import type { MemberField, Mapping } from './columns';
import type { Fault, MemberOutcomeCode } from './outcomes';

/** Texts of a row as attributes of a member: dates ISO, lists split, stores by documentId. Empty cells are absent. */
export type RowBody = Partial<Record<MemberField, unknown>>;

export interface CellFacts {
  /** Store documentId by code, name in either language, or id: `storeKey` of each. */
  stores: ReadonlyMap<string, string>;
  /** IANA zone of times without one. */
  timeZone: string;
}

export function storeKey(text: string): string {
  return text.normalize('NFKC').trim().toLowerCase();
}

/** Codes are understood as they are; these are what people write instead. */
const WORDS: Partial<Record<MemberField, Record<string, string>>> = {
  gender: {
    female: 'f|woman|女|女士|女性',
    male: 'm|man|男|男士|男性',
    other: 'x|其他|其它|未知',
  },
  source: {
    counter: 'store|shop|前台|门店|到店',
    import: '导入|批量导入',
    campaign: '活动|营销活动',
    referral: 'friend|推荐|转介绍|老带新',
    online: 'web|app|线上|网上|小程序|公众号',
  },
  status: {
    active: 'normal|正常|有效|启用',
    frozen: 'suspended|冻结|停用',
    closed: 'cancelled|注销|已注销',
    merged: '已合并',
  },
  consentChannel: {
    paper: '纸质|书面',
    'counter-screen': 'counter screen|收银屏|前台屏幕',
    online: 'web|线上|网上',
    import: '导入',
  },
};

function wordKey(text: string): string {
  return text.normalize('NFKC').trim().toLowerCase();
}

const CODES = new Map(
  Object.entries(WORDS).map(([field, codes]) => [
    field,
    new Map(Object.entries(codes).flatMap(([code, words]) => [code, ...words.split('|')].map((word) => [word, code]))),
  ]),
);

const DAY = /^(\d{4})(?:[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d{2})(\d{2}))$/;
const LOCAL_TIME = /^(\S+)[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T[\d:.]+(?:Z|[+-]\d{2}:?\d{2})$/;

function dayOf(text: string): string | null {
  const match = DAY.exec(text);
  if (!match) return null;
  const [, year, month = match[4], day = match[5]] = match;
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

function isRealDay(day: string): boolean {
  const made = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(made.getTime()) && made.toISOString().startsWith(day);
}

function instantFrom(text: string, timeZone: string): string | null {
  if (INSTANT.test(text)) return Number.isNaN(Date.parse(text)) ? null : new Date(text).toISOString();
  const [, dayText = text, hour = '0', minute = '00', second = '00'] = LOCAL_TIME.exec(text) ?? [];
  const day = dayOf(dayText);
  if (day === null || !isRealDay(day) || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return null;
  return instantOf(`${day} ${hour.padStart(2, '0')}:${minute}:${second}`, timeZone);
}

/** What exports put where somebody may not see: never to be written over the real value. */
const MASKED = /^(?:\*{3}|\*{4}-\*{2}-\*{2}|\+\d{2}\*{3,}\d{4}|.\*{2})$/u;

type Read = { value: unknown } | { code: MemberOutcomeCode };

function readCell(field: MemberField, text: string, { stores, timeZone }: CellFacts): Read {
  const trimmed = text.trim();
  if (MASKED.test(trimmed)) return { code: 'masked-value' };
  const codes = CODES.get(field);
  if (codes) {
    const value = codes.get(wordKey(trimmed));
    return value === undefined ? { code: 'unknown-value' } : { value };
  }
  switch (field) {
    case 'birthday':
      // What is no day is refused by the preparation, in its own words.
      return { value: dayOf(trimmed.replace(/[T ]00:00(?::00(?:\.0+)?)?Z?$/, '')) ?? trimmed };
    case 'joinedAt':
    case 'consentAt': {
      const value = instantFrom(trimmed, timeZone);
      return value === null ? { code: 'bad-date' } : { value };
    }
    case 'tags':
      return { value: splitList(text) };
    case 'homeStore': {
      const value = stores.get(storeKey(trimmed));
      return value === undefined ? { code: 'unknown-store' } : { value };
    }
    default:
      return { value: text };
  }
}

/** Reads the cells of one row as the mapping says. An empty cell says nothing, so it changes nothing. */
export function readCells(
  cells: readonly string[],
  mapping: Mapping,
  facts: CellFacts,
): { body: RowBody; faults: Fault[] } {
  const body: RowBody = {};
  const faults: Fault[] = [];
  if (cells.slice(mapping.length).some((cell) => cell.trim() !== '')) faults.push({ code: 'bad-row', field: null });
  mapping.forEach((field, index) => {
    const text = cells[index] ?? '';
    if (field === null || text.trim() === '') return;
    const read = readCell(field, text, facts);
    if ('code' in read) faults.push({ code: read.code, field });
    else body[field] = read.value;
  });
  return { body, faults };
}
