import { randomBytes } from 'node:crypto';
import type { Access, Staff } from '@tessera/access/public';
import { businessDayOf, notFound, uuidV7 } from '@tessera/kernel/domain';
import type { Database, Sql } from '@tessera/kernel/public';
import type { MemberHoldings, MergeOfHoldings } from '../../public';
import { readBooks, type MergePlace } from '../../store/merge-store';

export interface MergeDesk {
  access: Access;
  database: Database;
  /** In the order in which they lock. */
  holdings(): readonly MemberHoldings[];
}

export interface Act {
  staff: Staff;
  now: Date;
}

export interface Pair {
  kept: MergePlace;
  duplicate: MergePlace;
}

export function newId(now: Date): string {
  return uuidV7(now, randomBytes(10));
}

/** @throws not_found (404) */
export function pairOf(places: readonly MergePlace[], ids: { keptId: string; duplicateId: string }): Pair {
  const find = (id: string) => {
    const place = places.find((each) => each.id === id);
    if (!place) throw notFound({ what: 'member', id });
    return place;
  };
  return { kept: find(ids.keptId), duplicate: find(ids.duplicateId) };
}

/** Both members have to be in reach. */
export function recordsOf({ kept, duplicate }: Pair) {
  return [kept, duplicate].map(({ storeId }) => ({ storeId, staffId: null }));
}

/** What every plugin is told to move. Null: without a store nobody has anything that could move. */
export async function movingOf(
  sql: Sql,
  { staff, now }: Act,
  { kept, duplicate }: Pair,
  merge: { id: string; kind: string },
): Promise<MergeOfHoldings | null> {
  const books = await readBooks(sql, [kept.storeId, duplicate.storeId]);
  if (!books) return null;
  return {
    mergeId: merge.id,
    keptId: kept.id,
    duplicateId: duplicate.id,
    journal: {
      kind: merge.kind,
      storeId: books.storeId,
      businessDay: businessDayOf(now, books.timeZone, books.dayCutoff),
      occurredAt: now.toISOString(),
      staffId: staff.id,
      subjectType: 'member-merge',
      subjectId: merge.id,
    },
    now,
  };
}

/** SQLSTATE of a deadlock: an exchange of one of the two may hold what the merge waits for, and the other way round. */
const DEADLOCK = '40P01';
const MAX_TRIES = 5;

/** One transaction; begun again when somebody was in the way. */
export async function inTurn<Result>({ database }: MergeDesk, run: (sql: Sql) => Promise<Result>): Promise<Result> {
  for (let tries = 1; ; tries++) {
    try {
      return await database.transaction(run);
    } catch (error) {
      if ((error as { code?: string }).code !== DEADLOCK || tries === MAX_TRIES) throw error;
    }
  }
}
