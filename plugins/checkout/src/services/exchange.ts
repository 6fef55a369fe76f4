import { randomBytes } from 'node:crypto';
import { sum, uuidV7 } from '@tessera/kernel/domain';
import { keyReused, requestHashOf, type Database, type Sql } from '@tessera/kernel/public';
import type { Exchange, ExchangeQuote, ExchangeQuoteRequest, ExchangeRequest, Tender } from '../contracts';
import {
  carryOver,
  exchangeElsewhere,
  exchangeRaced,
  netOf,
  toTransaction,
  type CarriedOver,
  type PricedRefund,
  type StoredTransaction,
} from '../domain';
import type { Answered } from '../store/sale-store';
import { readTransaction } from '../store/transaction-store';
import { demandStore, loadCart, priceCart, type Act, type Desk } from './price-cart';
import { trySell, type FirstHalf } from './sell';
import { amountsOf, backTransaction, bookBack, findSale, priceBack, wantedLines, type TakenBack } from './take-back';
import { memberAsShown, viewOf } from './view-transaction';

/** Both halves are written in one transaction of the database. */
export interface ExchangeDesk extends Desk {
  database: Database;
}

export interface ExchangeReply {
  exchange: Exchange;
  isReplay: boolean;
}

/** Rolls back what has been written so far. */
class RollBack<Result> extends Error {
  constructor(readonly result: Result) {
    super('rolled back');
  }
}

interface Ask {
  original: StoredTransaction;
  request: ExchangeQuoteRequest | ExchangeRequest;
  key: string | null;
}

/** @throws forbidden, approval_required (403) */
async function decideOn(desk: Desk, { staff, now }: Act, { original }: Ask, back: TakenBack, carried: CarriedOver) {
  const { amount, ageDays, perDay } = amountsOf(original, back);
  const payout = sum(carried.goesBack.map((part) => part.amount));
  return desk.access.demand(staff, {
    permission: 'checkout.exchange',
    now,
    records: back.records,
    amounts: { amount, payout, ageDays, perDay },
  });
}

function priced(desk: Desk, act: Act, { original, request, key }: Ask) {
  return priceBack(desk, act, {
    original,
    key,
    tillId: request.sale.tillId,
    wanted: () => ({ lines: wantedLines(original, request.lines) }),
  });
}

function exchangeOf(refund: Exchange['refund'], sale: Exchange['sale']): Exchange {
  return { refund, sale, net: netOf([...refund.payments, ...sale.payments]) };
}

/** Both halves as they were answered the first time. */
async function replayExchange(desk: Desk, answered: Answered, requestHash: string): Promise<ExchangeReply> {
  if (answered.requestHash !== requestHash) throw keyReused(undefined);
  const { transactionId, memberNo, memberName } = answered.response;
  const sale = await readTransaction(desk.database, transactionId);
  const refund = sale?.exchangedWith && (await readTransaction(desk.database, sale.exchangedWith));
  if (!sale || !refund) throw new Error(`exchange ${transactionId} was answered but is not there`);
  const shown = (half: StoredTransaction) => toTransaction({ ...half, memberNo, memberName });
  return { exchange: exchangeOf(shown(refund), shown(sale)), isReplay: true };
}

/**
 * Takes back, then sells upon what the member has now: points, coupons and stored value that came back can pay.
 * @throws RollBack with 'stale' when others have changed what it was priced upon
 */
async function tryExchange(
  desk: Desk,
  act: Act,
  ask: Ask & { request: ExchangeRequest; key: string; requestHash: string },
): Promise<ExchangeReply> {
  const { original, request, key, requestHash } = ask;
  const { staff, now } = act;
  const back = await priced(desk, act, ask);
  if ('answered' in back) return replayExchange(desk, back.answered, requestHash);
  const [refundId, saleId] = [uuidV7(now, randomBytes(10)), uuidV7(now, randomBytes(10))];
  const transaction = backTransaction(original, back, act, refundId);
  const member = memberAsShown(viewOf(desk, act, transaction), { ...original, name: original.memberName });
  const outcome = await bookBack(desk, original, back, {
    transaction,
    reason: request.reason,
    exchangedFor: saleId,
    idempotency: { key, requestHash, response: { transactionId: saleId, ...member } },
  });
  if (outcome.kind === 'stale') throw new RollBack('stale');
  if (outcome.kind === 'answered') return replayExchange(desk, outcome.answered, requestHash);
  const firstHalf: FirstHalf = {
    refundId,
    saleId,
    async settle(totals, own) {
      const carried = carryOver(back.refund, own, totals, original.number);
      const decision = await decideOn(desk, act, ask, back, carried);
      const subject = { storeId: original.storeId, subjectType: 'transaction', subjectId: refundId };
      const audit = { staff, decision, ...subject, amount: back.refund.paid, reason: request.reason };
      return { carried: carried.tenders, audit: desk.access.auditRow(audit) };
    },
  };
  const sold = await trySell(desk, act, { request: request.sale, claim: null, firstHalf });
  if (sold === 'stale') throw new RollBack('stale');
  const { number, cards, coupons } = outcome;
  const points = transaction.points ?? null;
  const refund = toTransaction({ ...transaction, points, cards, coupons, exchangedWith: saleId, number, ...member });
  return { exchange: exchangeOf(refund, sold.transaction), isReplay: false };
}

/** SQLSTATE of a deadlock: two exchanges of one member may lock what each other needs, and one is told to begin again. */
const DEADLOCK = '40P01';

function hasToBeTriedAgain(error: unknown): boolean {
  if (error instanceof RollBack) return error.result === 'stale';
  return (error as { code?: string }).code === DEADLOCK;
}

const MAX_TRIES = 20;

/** @throws exchange_raced (409) */
async function untilBooked<Reply>(
  desk: ExchangeDesk,
  act: Act,
  members: readonly (string | null | undefined)[],
  attempt: (sql: Sql) => Promise<Reply>,
): Promise<Reply> {
  for (const memberId of new Set(members)) if (memberId) await desk.points.expireLots(act.now, { memberId });
  for (let tries = 1; tries <= MAX_TRIES; tries++) {
    try {
      return await desk.database.transaction(attempt);
    } catch (error) {
      if (!hasToBeTriedAgain(error)) throw error;
    }
  }
  throw exchangeRaced(undefined);
}

/** @throws not_found (404), forbidden (403), not_refundable, exchange_elsewhere (422) */
async function findExchanged(desk: Desk, act: Act, id: string, sale: ExchangeQuoteRequest['sale']) {
  const original = await findSale(desk, act, id, 'checkout.exchange');
  if (original.storeId !== sale.storeId) throw exchangeElsewhere(undefined);
  await demandStore(desk, act, sale.storeId);
  return original;
}

/**
 * `POST /api/checkout/transactions/{id}/exchanges`: a refund and a sale that stand or fall together, with one net payment.
 * @throws what `refundSale` and `sell` throw, exchange_elsewhere (422), exchange_raced (409)
 */
export async function exchangeSale(
  desk: ExchangeDesk,
  act: Act,
  id: string,
  request: ExchangeRequest,
  key: string,
): Promise<ExchangeReply> {
  const original = await findExchanged(desk, act, id, request.sale);
  const requestHash = requestHashOf(`exchange ${id}`, act.staff.id, request);
  return untilBooked(desk, act, [original.memberId, request.sale.memberId], (sql) =>
    tryExchange({ ...desk, database: sql }, act, { original, request, key, requestHash }),
  );
}

function toPay(refund: PricedRefund, totals: ExchangeQuote['quote']['totals'], own: Tender['method']) {
  const { tenders } = carryOver(refund, [{ method: own }], totals, '');
  const carried = sum(tenders.map(({ amount }) => amount));
  const isAllCash = [...tenders, { method: own }].every(({ method }) => method === 'cash');
  return (isAllCash ? totals.payableInCash : totals.payable) - carried;
}

/**
 * `POST …/exchanges/quotes`: the path of an exchange, rolled back before its last step.
 * @throws what `exchangeSale` throws, but for tenders
 */
export async function quoteExchange(
  desk: ExchangeDesk,
  act: Act,
  id: string,
  request: ExchangeQuoteRequest,
): Promise<ExchangeQuote> {
  const original = await findExchanged(desk, act, id, request.sale);
  const ask: Ask = { original, request, key: null };
  async function tryQuote(within: Desk): Promise<ExchangeQuote> {
    const back = await priced(within, act, ask);
    if ('answered' in back) throw new Error('a quote has no key');
    const transaction = backTransaction(original, back, act, uuidV7(act.now, randomBytes(10)));
    const booked = await bookBack(within, original, back, { transaction, reason: request.reason });
    if (booked.kind === 'stale') throw new RollBack('stale');
    const { facts } = await loadCart(within, act, request.sale, {
      idempotencyKey: null,
      heldCartId: null,
      offersCoupons: true,
    });
    const { quote, cart } = await priceCart(within, act, request.sale, facts);
    const carried = carryOver(back.refund, [], cart.totals, original.number);
    await decideOn(within, act, ask, back, carried);
    const { payable, paid, payments } = back.refund;
    return {
      refund: { payable, paid, payments },
      quote,
      carried: sum(carried.tenders.map(({ amount }) => amount)),
      toPay: toPay(back.refund, cart.totals, 'card'),
      toPayInCash: toPay(back.refund, cart.totals, 'cash'),
      goesBack: carried.goesBack,
    };
  }
  try {
    return await untilBooked(desk, act, [original.memberId, request.sale.memberId], async (sql) => {
      throw new RollBack(await tryQuote({ ...desk, database: sql }));
    });
  } catch (error) {
    if (error instanceof RollBack) return error.result as ExchangeQuote;
    throw error;
  }
}
