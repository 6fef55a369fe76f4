import type { Sql } from '@tessera/kernel/public';
import type { Journal } from '@tessera/ledger/domain';
import type { Answered } from './gift-store';

interface Booking {
  key: string;
  requestHash: string;
  response: unknown;
  journal: Journal;
  /** A line of the trail, as `access.auditRow` makes it. */
  audit?: Record<string, unknown>;
}

/** Where it is done; `tessera.join_shifts` asks for some of it. */
export interface BookingPlace {
  storeCode: string;
  tillId: string | null;
  currency: string;
  needsShift: boolean;
}

/** What `tessera.give_gift` takes; `handout` is the row without number, place and shift. */
export interface HandoutBooking extends Booking {
  place: BookingPlace;
  handout: Record<string, unknown>;
}

/** What `tessera.return_gift` takes; `return` is the row without place and shift. */
export interface ReturnBooking extends Booking {
  place: BookingPlace;
  memberId: string;
  return: Record<string, unknown>;
}

/** What `tessera.move_gift_stock` takes. */
export interface StockBooking extends Booking {
  move: Record<string, unknown>;
}

export type GiftOutcome =
  | { kind: 'booked' }
  | { kind: 'answered'; answered: Answered }
  /** It is not any more as it was when it was decided. */
  | { kind: 'stale' }
  | { kind: 'returned' }
  | { kind: 'too-few' }
  | { kind: 'shift-needed' };

/** SQLSTATEs of a decision that somebody overtook: a limit, the points, who the member is. */
const OVERTAKEN = ['TG001', 'TP001', 'TM001'];

function outcomeOf(error: { code?: string; constraint?: string }): GiftOutcome | null {
  const { code = '', constraint } = error;
  if (OVERTAKEN.includes(code)) return { kind: 'stale' };
  if (code === 'TG002') return { kind: 'returned' };
  if (code === 'TS001') return { kind: 'shift-needed' };
  return code === '23514' && constraint === 'account_floor_held' ? { kind: 'too-few' } : null;
}

async function book(sql: Sql, statement: { name: string; text: string }, booking: Booking): Promise<GiftOutcome> {
  try {
    const rows = await sql.query<{ outcome: { answered?: Answered } }>(statement, [JSON.stringify(booking)]);
    const answered = rows[0]?.outcome.answered;
    return answered ? { kind: 'answered', answered } : { kind: 'booked' };
  } catch (error) {
    const outcome = outcomeOf(error as { code?: string; constraint?: string });
    if (outcome) return outcome;
    throw error;
  }
}

const statement = (act: string) => ({ name: `gifts-${act}`, text: `SELECT tessera.${act}($1::jsonb) AS outcome` });

export function bookHandout(sql: Sql, booking: HandoutBooking): Promise<GiftOutcome> {
  return book(sql, statement('give_gift'), booking);
}

export function bookReturn(sql: Sql, booking: ReturnBooking): Promise<GiftOutcome> {
  return book(sql, statement('return_gift'), booking);
}

export function bookStockMove(sql: Sql, booking: StockBooking): Promise<GiftOutcome> {
  return book(sql, statement('move_gift_stock'), booking);
}

/** In the reasons why gifts of these members came back nobody is named any more: see `tessera.forget_texts`. */
export async function forgetInGifts(sql: Sql, memberIds: readonly string[]): Promise<void> {
  const returned = `SELECT r.id FROM tessera.gift_return r JOIN tessera.gift_handout h ON h.id = r.handout_id WHERE h.member_id = ANY ($1)`;
  for (const [table, id] of [
    ['tessera.gift_return', 't.id'],
    ['tessera.gift_stock_move', 't.journal_id'],
  ]) {
    await sql.query(`SELECT tessera.forget_texts($1::regclass, ARRAY['reason'], $2, $3)`, [
      table,
      `${id} IN (${returned})`,
      memberIds,
    ]);
  }
}

/** Per resource: do gifts that were given or stocked refer to this document? */
const HISTORY = {
  gifts: `SELECT EXISTS (SELECT FROM tessera.gift_handout WHERE gift_id = $1) OR EXISTS (SELECT FROM tessera.gift_stock_move WHERE gift_id = $1) AS found`,
  members: 'SELECT EXISTS (SELECT FROM tessera.gift_handout WHERE member_id = $1) AS found',
  tills: 'SELECT EXISTS (SELECT FROM tessera.gift_handout WHERE till_id = $1) AS found',
  stores: `SELECT EXISTS (SELECT FROM tessera.gift_handout WHERE store_id = $1) OR EXISTS (SELECT FROM tessera.gift_stock_move WHERE store_id = $1) AS found`,
  tiers: `SELECT EXISTS (SELECT FROM public.gifts_minimum_tier_lnk l JOIN public.tiers t ON t.id = l.tier_id WHERE t.document_id = $1) AS found`,
} as const;

export type ResourceWithGifts = keyof typeof HISTORY;

export const RESOURCES_WITH_GIFTS = Object.keys(HISTORY) as ResourceWithGifts[];

export async function hasGifts(sql: Sql, resource: ResourceWithGifts, documentId: string): Promise<boolean> {
  const rows = await sql.query<{ found: boolean }>(HISTORY[resource], [documentId]);
  return rows[0]?.found ?? false;
}
