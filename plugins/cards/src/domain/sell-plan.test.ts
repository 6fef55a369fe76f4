import { planOf } from '../../tests/cards-builders';
import { cardNumber, luhnDigit } from './card-number';
import { refundLot } from './refund-lot';
import { soldLots } from './sell-plan';

const at = { now: new Date('2026-06-10T17:00:00Z'), timeZone: 'Asia/Shanghai', parts: [] };
const card = { id: 'card', number: null };

test('a line puts its pieces of principal and bonus on the card, and no sessions', () => {
  const plan = planOf({ sessionCount: 5, serviceIds: ['cut'] });
  expect(soldLots(plan, { lineNo: 2, quantity: 3 }, card, at)[0]).toMatchObject({
    lineNo: 2,
    principal: 150_000,
    bonus: 18_000,
    sessions: 0,
    serviceIds: [],
    validUntil: null,
  });
});

test('what is valid for a day counts until the end of tomorrow on the clock of the store', () => {
  const plan = planOf({ kind: 'sessions', sessionCount: 10, validityDays: 1 });
  const [lot] = soldLots(plan, { lineNo: 1, quantity: 1 }, card, at);
  // One in the morning of the 11th in Shanghai.
  expect(lot).toMatchObject({ sessions: 10, bonus: 0, validUntil: '2026-06-12T16:00:00.000Z' });
});

test('pieces taken back one by one take all that is left, principal, bonus and sessions alike', () => {
  let left = {
    lineNo: 1,
    part: 0,
    kind: 'stored-value' as const,
    principal: 1_001,
    bonus: 101,
    sessions: 7,
    isRefundable: true,
  };
  for (const pieces of [3, 2, 1]) {
    const taken = refundLot(left, 1, pieces);
    expect(taken.known).toEqual(left);
    left = {
      ...left,
      principal: left.principal - taken.principal,
      bonus: left.bonus - taken.bonus,
      sessions: left.sessions - taken.sessions,
    };
  }
  expect(left).toMatchObject({ principal: 0, bonus: 0, sessions: 0 });
  expect(() => refundLot({ ...left, isRefundable: false }, 1, 1)).toThrow('nothing is paid back');
});

test('a card number has 16 digits, does not begin with 0, and its last digit catches a wrong one', () => {
  expect(luhnDigit('7992739871')).toBe(3);
  const number = cardNumber(new Uint8Array(15).fill(9));
  expect(number).toMatch(/^[1-9]\d{15}$/);
  expect(luhnDigit(number.slice(0, 15))).toBe(Number(number.slice(15)));
  expect(luhnDigit(`${number.slice(0, 14)}0`)).not.toBe(Number(number.slice(15)));
});

test('a bonus in parts comes once a month, on the last day of a shorter one, and adds up exactly', () => {
  const plan = planOf({ bonus: 1_000, bonusInstalments: 3 });
  const january = { ...at, now: new Date('2026-01-31T04:00:00Z') };
  const [lot] = soldLots(plan, { lineNo: 1, quantity: 1 }, card, january);
  expect(lot).toMatchObject({
    bonus: 334,
    instalments: [
      { dueOn: '2026-02-28', amount: 333 },
      { dueOn: '2026-03-31', amount: 333 },
    ],
  });
});
