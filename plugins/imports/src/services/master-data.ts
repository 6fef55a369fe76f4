import { searchTextOf } from '@tessera/checkout/domain';
import { instantOf } from '@tessera/kernel/domain';
import type { Sql } from '@tessera/kernel/public';
import { nameSearchKeys } from '@tessera/members/domain';
import type { ImportProfile } from '../domain/profile';
import type { ScanResult } from '../domain/scan-rows';
import type { Booking, BookingLine } from '../domain/source-row';
import type { Tally } from '../domain/tally';
import { findItems, findMembers, insertItems, insertMembers, type ItemKind } from '../store/master-data-store';
import { makeDocumentId } from './document-id';
import type { ImportPlace } from './import-place';

/** documentIds of everything that the bookings of a run name. */
export interface MasterData {
  /** Makes what these bookings need and does not exist yet, in the transaction that books them. */
  ensure(sql: Sql, bookings: readonly Booking[], tally: Tally): Promise<void>;
  memberId(customerNo: string | null): string | null;
  item(line: BookingLine): { id: string; name: string };
}

export interface MasterDataFacts {
  profile: ImportProfile;
  scan: ScanResult;
  place: ImportPlace;
  /** May the till sell the imported products? Not when another store would sell their prices as its own currency. */
  areItemsForSale: boolean;
  now(): Date;
}

const LONGEST_NAME = 120;

function unique<Value>(values: Iterable<Value>): Value[] {
  return [...new Set(values)];
}

/** Ids are kept for the whole run: thousands, not millions. */
export function createMasterData({ profile, scan, place, areItemsForSale, now }: MasterDataFacts): MasterData {
  const members = new Map<string, string>();
  const items: Record<ItemKind, Map<string, string>> = { product: new Map(), service: new Map() };
  const nameOf = (code: string) => (scan.items.get(code)?.name ?? code).slice(0, LONGEST_NAME);

  function newMember(customerNo: string) {
    const name = profile.memberName(customerNo);
    const facts = scan.customers.get(customerNo);
    const keys = nameSearchKeys(name);
    return {
      documentId: makeDocumentId(),
      memberNo: profile.memberNo(customerNo),
      name,
      namePinyin: keys.pinyin,
      nameInitials: keys.initials,
      tags: profile.memberTags(facts?.countries ?? []),
      joinedAt: facts ? new Date(instantOf(facts.firstSeen, profile.timeZone)) : now(),
    };
  }

  async function ensureMembers(sql: Sql, customerNos: string[], tally: Tally): Promise<void> {
    const missing = customerNos.filter((no) => !members.has(no));
    if (missing.length === 0) return;
    const numbers = missing.map(profile.memberNo);
    let known = await findMembers(sql, numbers);
    const made = missing.filter((no) => !known.has(profile.memberNo(no)));
    if (made.length > 0) {
      const options = { homeStoreId: place.storeId, now: now() };
      tally.counts.membersCreated += await insertMembers(sql, made.map(newMember), options);
      known = await findMembers(sql, numbers);
    }
    for (const no of missing) members.set(no, known.get(profile.memberNo(no)) as string);
  }

  function newItem(kind: ItemKind, sku: string) {
    const name = nameOf(sku);
    return {
      documentId: makeDocumentId(),
      sku,
      name,
      unitPrice: scan.items.get(sku)?.unitPrice ?? 0,
      isActive: areItemsForSale && kind === 'product',
      searchText: searchTextOf({ nameZh: name, nameEn: name, sku, barcodes: null }),
    };
  }

  async function ensureItems(sql: Sql, kind: ItemKind, skus: string[], tally: Tally): Promise<void> {
    const missing = skus.filter((sku) => !items[kind].has(sku));
    if (missing.length === 0) return;
    let known = await findItems(sql, kind, missing);
    const made = missing.filter((sku) => !known.has(sku)).map((sku) => newItem(kind, sku));
    if (made.length > 0) {
      const options = { categoryId: place.categoryId, taxClassId: place.taxClassId, now: now() };
      const count = await insertItems(sql, kind, made, options);
      tally.counts[kind === 'product' ? 'productsCreated' : 'servicesCreated'] += count;
      known = await findItems(sql, kind, missing);
    }
    for (const sku of missing) items[kind].set(sku, known.get(sku) as string);
  }

  return {
    async ensure(sql, bookings, tally) {
      const lines = bookings.flatMap((booking) => booking.lines);
      const codes = (kind: ItemKind) => unique(lines.filter((line) => line.kind === kind).map((line) => line.itemCode));
      await ensureMembers(sql, unique(bookings.flatMap((booking) => booking.customerNo ?? [])), tally);
      await ensureItems(sql, 'product', codes('product'), tally);
      await ensureItems(sql, 'service', codes('service'), tally);
    },
    memberId: (customerNo) => (customerNo === null ? null : (members.get(customerNo) ?? null)),
    item: (line) => ({ id: items[line.kind].get(line.itemCode) as string, name: nameOf(line.itemCode) }),
  };
}
