import { randomBytes, randomUUID } from 'node:crypto';
import { bookedTransaction, quote, settle, type Booking } from '@tessera/checkout/domain';
import { uuidV7 } from '@tessera/kernel/domain';
import type { Sql } from '@tessera/kernel/public';
import { Client } from 'pg';
import { DATABASE, loadCompiled, type BenchDatabase } from './environment';
import type { Load } from './run-load';
import type { Cart } from './sale-cart';

type SaleStore = typeof import('../../plugins/checkout/src/store/sale-store');

/** The statements are checkout's own: what is timed here is what a sale sends to PostgreSQL, and nothing else. */
const { book, loadSale } = loadCompiled<SaleStore>('plugins/checkout/dist/store/sale-store.js');

const STAFF = { id: '1', name: 'Ruler', sessionId: 'no-such-session' };

/** As long as the line that `access.auditRow` makes of a sale. */
const AUDIT = {
  staffId: '1',
  staffName: 'Cashier 1',
  roles: ['cashier'],
  action: 'checkout.sell',
  effect: 'allow',
  rule: 'cashier/0190b7a2-7c1e-7000-8000-000000000000',
  policyVersion: 1,
  subjectType: 'transaction',
  amount: 100,
};

interface Connection {
  sql: Sql;
  end(): Promise<void>;
}

/** One connection of the bare driver; statements are prepared by name, as in the server. */
async function connect(database: BenchDatabase): Promise<Connection> {
  const client = new Client({ connectionString: database.url(DATABASE) });
  await client.connect();
  return {
    sql: {
      async query<Row>(statement: string | { name?: string; text: string }, values: readonly unknown[] = []) {
        const config = typeof statement === 'string' ? { text: statement } : statement;
        return (await client.query({ ...config, values: [...values] })).rows as Row[];
      },
    },
    end: () => client.end(),
  };
}

function questionOf(cart: Cart, idempotencyKey: string) {
  const { storeId, tillId, memberId, lines } = cart;
  const skus = lines.map((line) => line.sku);
  return {
    staff: STAFF,
    now: new Date(),
    storeId,
    tillId,
    memberId,
    skus,
    staffIds: [],
    idempotencyKey,
    heldCartId: null,
    coupons: [],
    offersCoupons: false,
  };
}

/** Priced and settled beforehand, by checkout's own functions, so that none of that is timed. */
async function prepareBooking(sql: Sql, cart: Cart): Promise<Booking> {
  const { facts: loaded, cards } = await loadSale(sql, questionOf(cart, randomUUID()));
  const facts = { ...loaded, points: null, tiers: null, coupons: null, cards };
  const now = new Date();
  const priced = quote(cart, facts, now);
  const sale = { id: uuidV7(now, randomBytes(10)), now, staff: STAFF, cards: null };
  const transaction = bookedTransaction(priced, settle(cart.tenders, priced.totals), sale);
  const response = { transactionId: transaction.id, memberNo: priced.member?.memberNo, memberName: null };
  return { transactions: [transaction], idempotency: { key: randomUUID(), requestHash: 'h'.repeat(43), response } };
}

/** The same booking as a new sale. */
function renew(booking: Booking, isAudited: boolean): Booking {
  const id = uuidV7(new Date(), randomBytes(10));
  return {
    ...booking,
    transactions: booking.transactions.map((transaction) => ({
      ...transaction,
      id,
      journal: { ...transaction.journal, id, subjectId: id },
    })),
    idempotency: {
      key: randomUUID(),
      requestHash: booking.idempotency?.requestHash ?? '',
      response: booking.idempotency?.response,
    },
    ...(isAudited ? { audits: [{ ...AUDIT, subjectId: id }] } : {}),
  };
}

export interface SqlSales {
  /** One connection per till: load, then book. */
  load(options: { seconds: number; isAudited: boolean }): Load;
  end(): Promise<void>;
}

/** The ruler: the SQL of a sale straight to the database, one connection per till, no HTTP, no decisions. */
export async function prepareSqlSales(database: BenchDatabase, carts: readonly Cart[][]): Promise<SqlSales> {
  const connections = await Promise.all(carts.map(() => connect(database)));
  const bookings = await Promise.all(
    connections.map(async ({ sql }, till) => {
      const prepared: Booking[] = [];
      for (const cart of carts[till] ?? []) prepared.push(await prepareBooking(sql, cart));
      return prepared;
    }),
  );
  return {
    load: ({ seconds, isAudited }) => ({
      workers: connections.length,
      seconds,
      async act(till, turn) {
        const { sql } = connections[till] as Connection;
        const ofTill = carts[till] ?? [];
        const index = turn % ofTill.length;
        const booking = renew(bookings[till]?.[index] as Booking, isAudited);
        await loadSale(sql, questionOf(ofTill[index] as Cart, booking.idempotency?.key ?? ''));
        const outcome = await book(sql, booking);
        if (outcome.kind !== 'booked') throw new Error(`the ruler's sale was ${outcome.kind}`);
      },
    }),
    end: async () => void (await Promise.all(connections.map((connection) => connection.end()))),
  };
}
