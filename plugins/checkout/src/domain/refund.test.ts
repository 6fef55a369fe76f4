import fc from 'fast-check';
import { codeOf } from '../../../../config/presets/testing/code-of';
import { roundToIncrement, taxIncluded } from '@tessera/kernel/domain';
import { worthOf, type PointsTerms, type RefundHolding } from '@tessera/points/domain';
import type { Adjustment } from '../contracts';
import type { BookedLine } from './booking';
import { priceRefund, type PricedRefund, type RefundableSale } from './refund';

const TERMS: PointsTerms = { redeemPoints: 100, redeemValue: 100, whenSpent: 'debt' };
const HOLDING: RefundHolding = { memberId: 'm', own: 0, balance: 0, expired: 0, paidFor: 0 };
const METHODS = ['card', 'transfer', 'cash'] as const;
type Payments = RefundableSale['payments'];

function adjustment(amount: number): Adjustment {
  return { source: 'manual-discount', code: 'c', label: { zh: '折', en: 'off' }, amount, reason: 'r' };
}

function line(lineNo: number, unitPrice: number, quantity: number, adjustments: number[], taxRate = 1_300): BookedLine {
  const listAmount = unitPrice * quantity;
  const amount = adjustments.reduce((price, change) => price + change, listAmount);
  return {
    lineNo,
    itemId: `i${lineNo}`,
    sku: `S${lineNo}`,
    kind: 'product',
    nameZh: '茶',
    nameEn: 'Tea',
    quantity,
    listUnitPrice: unitPrice,
    listAmount,
    adjustments: adjustments.map(adjustment),
    amount,
    taxRate,
    taxAmount: taxIncluded(amount, taxRate),
    staffIds: [],
  };
}

function sale(lines: BookedLine[], payments?: Payments): RefundableSale {
  const payable = lines.reduce((all, { amount }) => all + amount, 0);
  const paid = payments ? payments.reduce((all, { amount }) => all + amount, 0) : payable;
  // More points than pieces, fewer, and none: whatever the rules gave.
  const shares = lines.map(({ lineNo, amount, quantity }) => ({
    lineNo,
    earned: Math.floor(amount / 100),
    redeemed: quantity - 1,
  }));
  return {
    lines,
    payable,
    paid,
    payments: payments ?? [{ method: 'card', amount: payable }],
    points: { shares, terms: TERMS, holding: HOLDING },
  };
}

/** Lines whose adjustments never take more off than the line costs, as quotes make them. */
const anyLine = fc
  .record({
    price: fc.integer({ min: 0, max: 20_000 }),
    quantity: fc.integer({ min: 1, max: 12 }),
    cuts: fc.array(fc.integer({ min: 0, max: 10_000 }), { maxLength: 3 }),
  })
  .map(({ price, quantity, cuts }) => {
    let left = price * quantity;
    const adjustments = cuts.map((cut) => {
      const off = Math.floor((left * cut) / 10_000);
      left -= off;
      return -off;
    });
    return { price, quantity, adjustments };
  });

const anySale = fc
  .record({
    lines: fc.array(anyLine, { minLength: 1, maxLength: 5 }),
    cashRounding: fc.constantFrom(1, 5, 10, 50, 100),
    parts: fc.array(fc.record({ method: fc.constantFrom(...METHODS), weight: fc.integer({ min: 1, max: 9 }) }), {
      minLength: 1,
      maxLength: 4,
    }),
  })
  .map(({ lines, cashRounding, parts }) => {
    const booked = lines.map(({ price, quantity, adjustments }, index) =>
      line(index + 1, price, quantity, adjustments),
    );
    const payable = booked.reduce((all, { amount }) => all + amount, 0);
    const isAllCash = parts.every(({ method }) => method === 'cash');
    let open = isAllCash ? roundToIncrement(payable, cashRounding) : payable;
    const payments = parts.map(({ method, weight }, index) => {
      const amount = index === parts.length - 1 ? open : Math.floor((open * weight) / 10);
      open -= amount;
      return { method, amount };
    });
    return { sale: sale(booked, payments), cashRounding };
  });

/** An order in which all pieces of the sale come back, cut into refunds. */
function anySplit({ lines }: RefundableSale) {
  const pieces = lines.flatMap(({ lineNo, quantity }) => Array.from({ length: quantity }, () => lineNo));
  return fc.record({
    order: fc.shuffledSubarray(pieces, { minLength: pieces.length, maxLength: pieces.length }),
    cuts: fc.array(fc.integer({ min: 1, max: pieces.length }), { maxLength: pieces.length }),
  });
}

const anySaleInRefunds = anySale.chain(({ sale: whole, cashRounding }) =>
  anySplit(whole).map((split) => ({ whole, cashRounding, split })),
);

/** Every point of the sale was spent; the member has `balance` of others, and each refund meets what the one before has left. */
function refundAllWithholding(
  whole: RefundableSale,
  { cashRounding, redeemValue, balance }: { cashRounding: number; redeemValue: number; balance: number },
  split: { order: number[] },
) {
  const terms = { ...TERMS, redeemValue, whenSpent: 'deduct' as const };
  const holding = { ...HOLDING, balance };
  const done: PricedRefund[] = [];
  for (const lineNo of split.order) {
    const points = whole.points && { ...whole.points, terms, holding: { ...holding } };
    const refund = priceRefund({ ...whole, points }, done, { lines: [{ lineNo, quantity: 1 }] }, cashRounding);
    done.push(refund);
    if (!refund.points) continue;
    const { earned, redeemed, paidFor } = refund.points;
    holding.balance += earned + paidFor - redeemed;
    holding.paidFor += paidFor;
  }
  return { done, holding, terms };
}

function refundAll(whole: RefundableSale, cashRounding: number, split: { order: number[]; cuts: number[] }) {
  const done: PricedRefund[] = [];
  const ends = [...new Set([...split.cuts, split.order.length])].sort((a, b) => a - b);
  let start = 0;
  for (const end of ends) {
    const quantities = new Map<number, number>();
    for (const lineNo of split.order.slice(start, end)) quantities.set(lineNo, (quantities.get(lineNo) ?? 0) + 1);
    const wanted = [...quantities].map(([lineNo, quantity]) => ({ lineNo, quantity }));
    done.push(priceRefund(whole, done, { lines: wanted }, cashRounding));
    start = end;
  }
  return done;
}

const total = (numbers: number[]) => numbers.reduce((all, number) => all + number, 0);
const perKey = (entries: [string, number][]) => {
  const sums = new Map<string, number>();
  for (const [key, amount] of entries) sums.set(key, (sums.get(key) ?? 0) + amount);
  return Object.fromEntries([...sums].filter(([, amount]) => amount !== 0).sort());
};

test('what is withheld for spent points is their worth, however the sale is split, and the rest of the money goes back', () => {
  const member = fc.record({
    redeemValue: fc.constantFrom(1, 50, 100, 300),
    balance: fc.integer({ min: 0, max: 500 }),
  });
  fc.assert(
    fc.property(anySaleInRefunds, member, ({ whole, cashRounding, split }, { redeemValue, balance }) => {
      const given = { cashRounding, redeemValue, balance };
      const { done, holding, terms } = refundAllWithholding(whole, given, split);
      const payments = done.flatMap((refund) => refund.payments);
      const withheld =
        0 - total(payments.filter(({ method }) => method === 'spent-points').map(({ amount }) => amount));
      expect(payments.filter(({ amount }) => amount >= 0)).toEqual([]);
      expect(total(payments.map(({ amount }) => amount)) + whole.paid).toBe(0);
      for (const method of METHODS) {
        const moved = [...whole.payments, ...payments].filter((payment) => payment.method === method);
        expect(total(moved.map(({ amount }) => amount))).toBeGreaterThanOrEqual(0);
      }
      const isAllCash = whole.payments.every(({ method }) => method === 'cash');
      const step = isAllCash ? cashRounding : 1;
      expect(withheld).toBe(Math.floor(worthOf(holding.paidFor, terms) / step) * step);
      // Nobody owes points as long as there was money to withhold.
      const poorest = done.filter((refund) => refund.payments.every(({ method }) => method === 'spent-points'));
      if (poorest.length === 0 && redeemValue >= 100 && step === 1) expect(holding.balance).toBeGreaterThanOrEqual(0);
    }),
    { numRuns: 1_000 },
  );
});

test('every split of a sale into refunds takes back each point it earned and gives back each point it redeemed', () => {
  fc.assert(
    fc.property(anySaleInRefunds, ({ whole, cashRounding, split }) => {
      const moved = refundAll(whole, cashRounding, split).flatMap(({ points }) => points?.shares ?? []);
      for (const { lineNo, earned, redeemed } of whole.points?.shares ?? []) {
        const mine = moved.filter((share) => share.lineNo === lineNo);
        expect(total(mine.map((share) => share.earned)) + earned).toBe(0);
        expect(total(mine.map((share) => share.redeemed)) + redeemed).toBe(0);
        expect(mine.every((share) => share.earned <= 0 && share.redeemed <= 0)).toBe(true);
      }
    }),
    { numRuns: 1_000 },
  );
});

test('every split of a sale into refunds adds up to it to the unit: lines, adjustments, tax, money per tender', () => {
  fc.assert(
    fc.property(anySaleInRefunds, ({ whole, cashRounding, split }) => {
      const refunds = refundAll(whole, cashRounding, split);
      expect(total(refunds.map(({ payable }) => payable)) + whole.payable).toBe(0);
      expect(total(refunds.map(({ paid }) => paid)) + whole.paid).toBe(0);
      const methods = (payments: Payments) => payments.map((part): [string, number] => [part.method, part.amount]);
      const back = refunds.flatMap(({ payments }) => methods(payments));
      expect(perKey([...back, ...methods(whole.payments)])).toEqual({});
      const facts = ({ lineNo, quantity, listAmount, amount, taxAmount }: BookedLine): [string, number][] => [
        [`${lineNo} quantity`, quantity],
        [`${lineNo} list`, listAmount],
        [`${lineNo} amount`, amount],
        [`${lineNo} tax`, taxAmount],
      ];
      expect(perKey([...refunds.flatMap(({ lines }) => lines), ...whole.lines].flatMap(facts))).toEqual({});
    }),
    { numRuns: 1_000 },
  );
});

test('no refund charges the customer, and each line of it explains its amount', () => {
  fc.assert(
    fc.property(anySaleInRefunds, ({ whole, cashRounding, split }) => {
      for (const refund of refundAll(whole, cashRounding, split)) {
        expect(refund.paid).toBeLessThanOrEqual(0);
        expect(total(refund.payments.map(({ amount }) => amount))).toBe(refund.paid);
        for (const { listAmount, adjustments, amount, taxAmount } of refund.lines) {
          expect(amount).toBeLessThanOrEqual(0);
          expect(taxAmount).toBeLessThanOrEqual(0);
          expect(total([listAmount, ...adjustments.map((entry) => entry.amount)])).toBe(amount);
        }
      }
    }),
    { numRuns: 1_000 },
  );
});

test('two halves rounded apart would take back more than the line costs: the price is shared, not its parts', () => {
  const whole = sale([line(1, 1, 2, [-1, -1])]);
  const refund = priceRefund(whole, [], { lines: [{ lineNo: 1, quantity: 1 }] }, 1);
  expect(refund.payable).toBe(0);
});

test('the money goes back as it came, cash last', () => {
  const whole = sale(
    [line(1, 1_000, 3, [])],
    [
      { method: 'cash', amount: 1_500 },
      { method: 'card', amount: 1_500 },
    ],
  );
  const first = priceRefund(whole, [], { lines: [{ lineNo: 1, quantity: 1 }] }, 1);
  expect(first.payments).toEqual([{ method: 'card', amount: -1_000 }]);
  const second = priceRefund(whole, [first], { lines: [{ lineNo: 1, quantity: 2 }] }, 1);
  expect(second.payments).toEqual([
    { method: 'card', amount: -500 },
    { method: 'cash', amount: -1_500 },
  ]);
});

test('cash may be handed out instead, and it is said how much; a card takes back only what it gave', () => {
  const whole = sale([line(1, 1_000, 2, [])]);
  const wanted = { lines: [{ lineNo: 1, quantity: 1 }] };
  const cash = priceRefund(whole, [], { ...wanted, tenders: [{ method: 'cash', amount: 1_000 }] }, 1);
  expect(cash.otherTender).toBe(1_000);
  const transfer = { ...wanted, tenders: [{ method: 'transfer' as const, amount: 1_000 }] };
  expect(codeOf(() => priceRefund(whole, [], transfer, 1))).toBe('refund_too_much_by_tender');
  const short = { ...wanted, tenders: [{ method: 'card' as const, amount: 999 }] };
  expect(codeOf(() => priceRefund(whole, [], short, 1))).toBe('refund_tenders_mismatch');
});

test('a line named twice is meant twice', () => {
  const whole = sale([line(1, 1_000, 3, [])]);
  const twice = (quantity: number) => Array(2).fill({ lineNo: 1, quantity }) as { lineNo: number; quantity: number }[];
  expect(priceRefund(whole, [], { lines: twice(1) }, 1).payable).toBe(-2_000);
  expect(codeOf(() => priceRefund(whole, [], { lines: twice(2) }, 1))).toBe('refund_too_many');
});

test.each([
  ['a line the sale has not', { lineNo: 2, quantity: 1 }, 'unknown_refund_line'],
  ['more than was sold', { lineNo: 1, quantity: 4 }, 'refund_too_many'],
  ['more than is left', { lineNo: 1, quantity: 3 }, 'refund_too_many'],
  ['exactly what is left', { lineNo: 1, quantity: 2 }, undefined],
])('%s: %p → %s', (_what, wanted, code) => {
  const whole = sale([line(1, 1_000, 3, [])]);
  const earlier = [priceRefund(whole, [], { lines: [{ lineNo: 1, quantity: 1 }] }, 1)];
  expect(codeOf(() => priceRefund(whole, earlier, { lines: [wanted] }, 1))).toBe(code);
});

const cardLine = (lineNo: number, price: number): BookedLine => ({
  ...line(lineNo, price, 1, [], 0),
  kind: 'card-plan',
});

test('what cards paid returns to cards first, and a card is never paid back with what cards paid', () => {
  const split = fc.record({ goods: fc.integer({ min: 1, max: 9_000 }), value: fc.nat(9_000), used: fc.nat(5_000) });
  fc.assert(
    fc.property(split, fc.boolean(), ({ goods, value, used }, goodsFirst) => {
      const byValue = Math.min(value, goods);
      const payments: Payments = [
        { method: 'card', amount: goods + 5_000 - byValue },
        { method: 'stored-value', amount: byValue },
      ];
      const lots = [
        {
          lineNo: 2,
          part: 0,
          kind: 'stored-value' as const,
          principal: 5_000 - used,
          bonus: 60,
          sessions: 0,
          isRefundable: true,
        },
      ];
      const mixed = { ...sale([line(1, goods, 1, [])], payments), cards: { lots, sessions: [] } };
      mixed.lines = [line(1, goods, 1, []), cardLine(2, 5_000)];
      mixed.payable = goods + 5_000;
      const order = goodsFirst ? [1, 2] : [2, 1];
      const done: PricedRefund[] = [];
      for (const lineNo of order) done.push(priceRefund(mixed, done, { lines: [{ lineNo, quantity: 1 }] }, 1));
      const back = (method: string) =>
        0 -
        done
          .flatMap(({ payments: paid }) => paid)
          .reduce((all, paid) => all + (paid.method === method ? paid.amount : 0), 0);
      expect(back('stored-value')).toBe(byValue);
      expect(back('card')).toBe(goods + 5_000 - byValue - used);
      const cardRefund = done[order.indexOf(2)];
      expect(cardRefund?.payments.filter(({ method }) => method === 'stored-value')).toEqual([]);
      expect(cardRefund?.lots[0]).toMatchObject({ principal: 5_000 - used, bonus: 60 });
    }),
    { numRuns: 1_000 },
  );
});

test('sessions return piece by piece, all of them in the end', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 12 }), fc.nat(12), (quantity, most) => {
      const used = Math.min(most, quantity);
      const whole = {
        ...sale([line(1, 100, quantity, [-100 * used])]),
        cards: { lots: [], sessions: [{ lineNo: 1, quantity: used }] },
      };
      const done: PricedRefund[] = [];
      for (let piece = 0; piece < quantity; piece += 1) {
        done.push(priceRefund(whole, done, { lines: [{ lineNo: 1, quantity: 1 }] }, 1));
      }
      expect(done.flatMap(({ sessions }) => sessions).reduce((all, each) => all + each.quantity, 0)).toBe(used);
    }),
    { numRuns: 1_000 },
  );
});
