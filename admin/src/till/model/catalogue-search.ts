import type { Catalogue } from '@tessera/checkout/contracts';

export type CatalogueItem = Catalogue['items'][number];

/** Everything the screen asks of the catalogue, built once per load. */
export interface CatalogueIndex {
  catalogue: Catalogue;
  bySku: ReadonlyMap<string, CatalogueItem>;
  byBarcode: ReadonlyMap<string, CatalogueItem>;
  entries: readonly Entry[];
}

interface Entry {
  item: CatalogueItem;
  sku: string;
  names: string[];
  text: string;
}

function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
}

export function indexCatalogue(catalogue: Catalogue): CatalogueIndex {
  const bySku = new Map<string, CatalogueItem>();
  const byBarcode = new Map<string, CatalogueItem>();
  for (const item of catalogue.items) {
    bySku.set(item.sku, item);
    for (const barcode of item.barcodes) byBarcode.set(barcode, item);
  }
  const entries = catalogue.items.map((item) => ({
    item,
    sku: fold(item.sku),
    names: [fold(item.nameZh), fold(item.nameEn)],
    text: fold(item.searchText),
  }));
  return { catalogue, bySku, byBarcode, entries };
}

/** A scanned or typed code: a barcode, else a SKU. */
export function findByCode(index: CatalogueIndex, code: string): CatalogueItem | null {
  const trimmed = code.trim();
  return index.byBarcode.get(trimmed) ?? index.bySku.get(trimmed) ?? index.bySku.get(trimmed.toUpperCase()) ?? null;
}

/** 0 = best; null = no match. A word of the query must be found somewhere, in any order. */
function rank(entry: Entry, query: string, words: readonly string[]): number | null {
  if (entry.sku === query || entry.item.barcodes.includes(query)) return 0;
  if (entry.names.some((name) => name.startsWith(query))) return 1;
  if (entry.text.split(' ').some((word) => word.startsWith(query))) return 2;
  if (entry.names.some((name) => name.includes(query))) return 3;
  const isFound = words.every(
    (word) => entry.sku.includes(word) || entry.names.some((name) => name.includes(word)) || entry.text.includes(word),
  );
  return isFound ? 4 : null;
}

/** Items whose Chinese or English name, pinyin, initials, SKU or barcode match, best first. */
export function searchCatalogue(index: CatalogueIndex, text: string, limit: number): CatalogueItem[] {
  const query = fold(text);
  if (query === '') return [];
  const words = query.split(' ');
  const hits: { item: CatalogueItem; rank: number }[] = [];
  for (const entry of index.entries) {
    const found = rank(entry, query, words);
    if (found !== null) hits.push({ item: entry.item, rank: found });
  }
  // Array.prototype.sort is stable: equal ranks keep the order of the catalogue.
  return hits
    .sort((a, b) => a.rank - b.rank)
    .slice(0, limit)
    .map((hit) => hit.item);
}

/** Two letters or characters for a tile without an image. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean);
  const first = words[0] ?? '';
  if (/\p{Script=Han}/u.test(first)) return [...first].slice(0, 2).join('');
  return words
    .slice(0, 2)
    .map((word) => [...word][0] ?? '')
    .join('')
    .toUpperCase();
}
