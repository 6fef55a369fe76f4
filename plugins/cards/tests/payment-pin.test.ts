import { randomUUID } from 'node:crypto';
import { bootTessera, type Tessera } from '../../../config/presets/testing';
import { openDesk, type Desk } from './cards-desk';

let tessera: Tessera;
let desk: Desk;
let sku: string;

beforeAll(async () => {
  tessera = await bootTessera();
  desk = await openDesk(tessera, { paymentPinFrom: 10_000 });
  ({ sku } = await tessera.makeProduct({ unitPrice: 5_000 }));
});
afterAll(() => tessera.close());

const reason = 'asked at the counter';
const holder = () => desk.sellPlan({ unitPrice: 100_000 });
const setPin = (memberId: string, pin: string, options = {}) =>
  desk.post(`/cards/members/${memberId}/payment-pin`, { pin, reason }, options);
const sale = (memberId: string, quantity: number) => ({
  ...desk.place,
  memberId,
  lines: [{ sku, quantity }],
  tenders: [{ method: 'stored-value', amount: 5_000 * quantity }],
});

function pay(memberId: string, pin: string | null, { quantity = 2, key = randomUUID() as string } = {}) {
  const request = desk.post('/checkout/transactions', sale(memberId, quantity), { key });
  return pin === null ? request : request.set('Payment-Pin', pin);
}

test('from an amount on stored value is paid with the PIN that the member has set, below it without', async () => {
  const { memberId } = await holder();
  await pay(memberId, null, { quantity: 1 }).expect(201);
  expect((await pay(memberId, null).expect(422)).body.error).toMatchObject({
    code: 'payment_pin_needed',
    details: { from: 10_000 },
  });
  expect((await pay(memberId, '135790').expect(409)).body.error.code).toBe('payment_pin_not_set');
  await setPin(memberId, '135790').expect(201);
  expect((await pay(memberId, '135791').expect(403)).body.error).toMatchObject({
    code: 'payment_pin_wrong',
    details: { left: 4 },
  });
  await pay(memberId, '135790').expect(201);
  expect((await pay(memberId, '13579').expect(400)).body.error.code).toBe('invalid_input');
});

test('a sale that is sent again is answered without the PIN, which stands nowhere in clear', async () => {
  const { memberId, cardId } = await holder();
  const pin = '864209';
  await setPin(memberId, pin).expect(201);
  const key = randomUUID();
  const first = (await pay(memberId, pin, { key }).expect(201)).body;
  const again = await pay(memberId, null, { key }).expect(201);
  expect(again.body).toEqual(first);
  expect(again.headers['idempotent-replayed']).toBe('true');
  expect(await desk.accounts(cardId)).toMatchObject({ principal: 90_000 });
  const kept = await desk.query<{ text: string }>(
    `SELECT row_to_json(i)::text AS text FROM tessera.idempotency i UNION ALL SELECT row_to_json(a)::text FROM tessera.audit a
    UNION ALL SELECT row_to_json(p)::text FROM tessera.member_pin p UNION ALL SELECT row_to_json(o)::text FROM tessera.outbox o`,
  );
  expect(kept.filter(({ text }) => text.includes(pin))).toEqual([]);
  const [row] = await desk.query<{ hash: string }>('SELECT hash FROM tessera.member_pin WHERE member_id = $1', [
    memberId,
  ]);
  expect(row?.hash).toMatch(/^scrypt\$32768\$8\$3\$/);
});

test('after five wrong tries nobody may try for a while, however many tills guess at once; a new PIN begins anew', async () => {
  const { memberId } = await holder();
  await setPin(memberId, '111222').expect(201);
  const guesses = Array.from({ length: 12 }, (_guess, index) => pay(memberId, String(333_000 + index)));
  const codes = (await Promise.all(guesses)).map(({ body }) => body.error.code as string).sort();
  expect(codes.filter((code) => code === 'payment_pin_wrong')).toHaveLength(4);
  expect(codes.filter((code) => code === 'payment_pin_locked')).toHaveLength(8);
  const locked = await pay(memberId, '111222').expect(409);
  expect(locked.body.error).toMatchObject({ code: 'payment_pin_locked', details: { until: expect.any(String) } });
  await desk.query(`UPDATE tessera.member_pin SET locked_until = now() - interval '1 second' WHERE member_id = $1`, [
    memberId,
  ]);
  expect((await pay(memberId, '000000').expect(403)).body.error.details).toEqual({ left: 4 });
  await setPin(memberId, '222333').expect(201);
  expect((await pay(memberId, '111222')).body.error.code).toBe('payment_pin_wrong');
  await pay(memberId, '222333').expect(201);
});

test('who was two pays with the PIN of the number that is kept, else with the other; an undo gives each back his own', async () => {
  const merge = async (keptId: string, duplicateId: string) =>
    (await desk.post(`/members/${keptId}/merges`, { duplicateId, reason }).expect(201)).body.id as string;
  const [kept, other] = [await holder(), await holder()];
  await setPin(other.memberId, '246802').expect(201);
  const mergeId = await merge(kept.memberId, other.memberId);
  expect((await pay(kept.memberId, '246803').expect(403)).body.error.details).toEqual({ left: 4 });
  await pay(kept.memberId, '246802').expect(201);
  expect((await pay(kept.memberId, '246803').expect(403)).body.error.details).toEqual({ left: 4 });
  await desk.post(`/members/${kept.memberId}/merges/${mergeId}/undo`, { reason }).expect(201);
  expect((await pay(kept.memberId, '246802').expect(409)).body.error.code).toBe('payment_pin_not_set');
  await pay(other.memberId, '246802').expect(201);

  await setPin(kept.memberId, '135791').expect(201);
  await merge(kept.memberId, other.memberId);
  await pay(kept.memberId, '135791').expect(201);
  expect((await pay(kept.memberId, '246802')).body.error.code).toBe('payment_pin_wrong');
});

test('each wrong PIN and each try while it is locked is on the trail, for those who may read it', async () => {
  const { memberId } = await holder();
  await setPin(memberId, '111222').expect(201);
  await pay(memberId, '111222').expect(201);
  for (let guess = 0; guess < 6; guess++) await pay(memberId, `33344${guess}`);
  const auditor = await tessera.signIn('auditor');
  const path = `/api/backoffice/audit?subjectId=${memberId}&action=checkout.sell&_sort=at&_order=asc`;
  const { body: lines } = await tessera.as(auditor).get(path).expect(200);
  const line = (rule: string) => ({ rule, effect: 'deny', amount: 10_000 });
  const wrong = Array.from({ length: 4 }, () => line('payment_pin_wrong'));
  expect(lines).toMatchObject([...wrong, line('payment_pin_locked'), line('payment_pin_locked')]);
  expect(lines[0]).toMatchObject({
    staffId: expect.any(String),
    subjectType: 'member',
    storeId: desk.place.storeId,
  });
  const cashier = await tessera.signIn('cashier', { store: desk.place.storeId });
  await tessera.as(cashier).get(path).expect(403);
});

test('who sets a PIN needs the right, and is on the trail with the reason', async () => {
  const { memberId } = await holder();
  const cashier = await tessera.signIn('cashier', { store: desk.place.storeId });
  await setPin(memberId, '135790', { by: cashier }).expect(403);
  const key = randomUUID();
  await setPin(memberId, '135790', { key }).expect(201);
  const again = await setPin(memberId, '999999', { key }).expect(201);
  expect(again.headers['idempotent-replayed']).toBe('true');
  await pay(memberId, '135790').expect(201);
  const trail = await desk.query<{ reason: string }>(
    `SELECT reason FROM tessera.audit WHERE action = 'cards.set-pin' AND subject_id = $1`,
    [memberId],
  );
  expect(trail).toEqual([{ reason }]);
});
