import { defineError } from '@tessera/kernel/domain';
import { titleSearchKeys } from '@tessera/members/domain';

const MOST_BARCODES = 20;
const LONGEST_BARCODE = 64;
const LONGEST_SEARCH_TEXT = 500;

/** Attributes of a product or service that its search text is made from. */
export interface ItemNames {
  sku: string;
  nameZh: string;
  nameEn: string;
  barcodes: string[] | null;
}

export const invalidBarcodes = defineError<{ field: string }>(
  'invalid_barcodes',
  400,
  `Barcodes are at most ${MOST_BARCODES} texts of 1 to ${LONGEST_BARCODE} characters`,
);
export const skuTaken = defineError<{ field: string; sku: string }>(
  'sku_taken',
  409,
  ({ sku }) => `Another product or service has the number ${sku} already`,
);

function toBarcodes(value: unknown): string[] {
  if (value === null || value === undefined) return [];
  if (!Array.isArray(value)) throw invalidBarcodes({ field: 'barcodes' });
  const codes = value.map((code: unknown) => {
    if (typeof code !== 'string' && !Number.isSafeInteger(code)) throw invalidBarcodes({ field: 'barcodes' });
    return String(code).trim();
  });
  const given = [...new Set(codes.filter((code) => code !== ''))];
  if (given.length > MOST_BARCODES || given.some((code) => code.length > LONGEST_BARCODE)) {
    throw invalidBarcodes({ field: 'barcodes' });
  }
  return given;
}

/** What a person at the till may type or scan to find the item: names, number, barcodes, pinyin and initials, lower case. */
export function searchTextOf({ nameZh, nameEn, sku, barcodes }: ItemNames): string {
  const { pinyin, initials } = titleSearchKeys(nameZh);
  const words = [nameZh, nameEn, pinyin, initials, sku, ...(barcodes ?? [])].filter(Boolean);
  return [...new Set(words)].join(' ').toLowerCase().slice(0, LONGEST_SEARCH_TEXT);
}

/**
 * Normalises the attributes of a product or service that are about to be written and derives its search text.
 * What has the wrong type is left for the content type's own validation to refuse.
 * @param before the stored names on an update; null on a create
 * @throws invalid_barcodes (400)
 */
export function prepareItem(data: Record<string, unknown>, before: ItemNames | null): Record<string, unknown> {
  const { searchText: _, ...prepared } = data;
  if (typeof prepared['sku'] === 'string') prepared['sku'] = prepared['sku'].trim();
  if ('barcodes' in prepared) prepared['barcodes'] = toBarcodes(prepared['barcodes']);
  const isNamed = ['sku', 'nameZh', 'nameEn', 'barcodes'].some((name) => name in prepared);
  if (!isNamed) return prepared;
  const text = (name: 'sku' | 'nameZh' | 'nameEn') => {
    const given = prepared[name];
    return typeof given === 'string' ? given : (before?.[name] ?? '');
  };
  const barcodes = 'barcodes' in prepared ? (prepared['barcodes'] as string[]) : (before?.barcodes ?? []);
  const names = { sku: text('sku'), nameZh: text('nameZh'), nameEn: text('nameEn'), barcodes };
  return { ...prepared, searchText: searchTextOf(names) };
}
