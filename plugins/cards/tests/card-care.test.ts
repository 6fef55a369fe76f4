import { randomUUID } from 'node:crypto';
import { bootTessera, type Tessera } from '../../../config/presets/testing';
import { openDesk, type Desk } from './cards-desk';

let tessera: Tessera;
let desk: Desk;
let sku: string;

beforeAll(async () => {
  tessera = await bootTessera();
  desk = await openDesk(tessera);
  ({ sku } = await tessera.makeProduct({ unitPrice: 10_000 }));
});
afterAll(() => tessera.close());

const reason = 'asked at the counter';
const value = (amount: number, more: object = {}) => ({ method: 'stored-value', amount, ...more });
const cardWith500 = (more: object = {}) => desk.sellPlan({ unitPrice: 50_000, bonus: 6_000, ...more });
const care = (cardId: string, act: string, more: object = {}, options = {}) =>
  desk.post(`/cards/${cardId}/${act}`, { reason, ...more }, options);

/** A sale that the card would pay. */
const pay = (memberId: string, more: object = {}) =>
  desk.post('/checkout/transactions', {
    ...desk.place,
    memberId,
    lines: [{ sku, quantity: 1 }],
    tenders: [value(10_000)],
    ...more,
  });

test('a frozen card pays nothing and says who can help; unfrozen it pays again', async () => {
  const { memberId, cardId } = await cardWith500();
  const frozen = await care(cardId, 'freeze').expect(201);
  expect(frozen.body).toMatchObject({ cardId, kind: 'freeze', status: 'frozen', memberId });
  const refused = await pay(memberId).expect(409);
  expect(refused.body.error).toMatchObject({ code: 'card_blocked', details: { cardId, status: 'frozen' } });
  expect(refused.body.error.details.couldHelp.map(({ en }: { en: string }) => en)).toEqual(
    expect.arrayContaining(['Senior cashier', 'Store manager']),
  );
  const topUp = await pay(memberId, {
    lines: [{ sku, quantity: 1, cardId }],
    tenders: [{ method: 'card', amount: 10_000 }],
  });
  expect(topUp.body.error.code).toBe('card_blocked');
  const quote = await desk
    .post('/checkout/quotes', { ...desk.place, memberId, lines: [{ sku, quantity: 1 }] })
    .expect(200);
  expect(quote.body.cards).toMatchObject({
    storedValue: { available: 0 },
    blocked: [{ id: cardId, status: 'frozen' }],
  });
  const again = await care(cardId, 'freeze').expect(409);
  expect(again.body.error).toMatchObject({ code: 'card_status_wrong', details: { status: 'frozen' } });
  await care(cardId, 'unfreeze').expect(201);
  await pay(memberId).expect(201);
  const [card] = (await desk.cardsOf(memberId)).cards;
  expect(card.acts).toMatchObject([
    { kind: 'unfreeze', reason },
    { kind: 'freeze', reason },
  ]);
});

test('an act that is sent twice is done once and answered the same', async () => {
  const { cardId } = await cardWith500();
  const key = randomUUID();
  const first = await care(cardId, 'report-lost', {}, { key }).expect(201);
  const second = await care(cardId, 'report-lost', {}, { key }).expect(201);
  expect(second.body).toEqual(first.body);
  expect(second.headers['idempotent-replayed']).toBe('true');
  const other = await care(cardId, 'report-lost', { reason: 'something else' }, { key }).expect(422);
  expect(other.body.error.code).toBe('idempotency_key_reused');
  const acts = await desk.query('SELECT id FROM tessera.card_act WHERE card_id = $1', [cardId]);
  expect(acts).toHaveLength(1);
});

test('a lost card is replaced: the same value under a new number, the receipts keep the old one', async () => {
  const { memberId, cardId, sale } = await cardWith500();
  const paid = (await pay(memberId).expect(201)).body;
  const old = sale.cards[0].number as string;
  await care(cardId, 'report-lost').expect(201);
  expect((await pay(memberId)).body.error.code).toBe('card_blocked');
  const replaced = (await care(cardId, 'replace').expect(201)).body;
  expect(replaced).toMatchObject({ status: 'active', number: expect.stringMatching(/^\d{16}$/) });
  expect(replaced.number).not.toBe(old);
  const next = (await pay(memberId).expect(201)).body;
  expect(next.cards).toMatchObject([{ cardId, number: replaced.number, left: 36_000 }]);
  const seen = await tessera.as(desk.token).get(`/api/checkout/transactions/${paid.id}`).expect(200);
  expect(seen.body).toEqual(paid);
  expect(await desk.accounts(cardId)).toEqual({ principal: 30_000, bonus: 6_000 });
  const [card] = (await desk.cardsOf(memberId)).cards;
  expect(card).toMatchObject({
    number: replaced.number,
    acts: [{ kind: 'replace', oldNumber: old }, { kind: 'report-lost' }],
  });
  const found = await tessera.as(desk.token).get(`/api/backoffice/cards?q=${old}`).expect(200);
  expect(found.body).toMatchObject([{ id: cardId, number: replaced.number, replacedNumbers: old }]);
});

test('what has ended can be extended within a limit, and pays again', async () => {
  const { memberId, cardId } = await cardWith500({ validityDays: 30 });
  await desk.query(`UPDATE tessera.card_lot SET valid_until = now() - interval '1 day' WHERE card_id = $1`, [cardId]);
  const [{ lots }] = (await desk.cardsOf(memberId)).cards;
  expect((await pay(memberId)).body.error.code).toBe('stored_value_not_enough');
  const by = await tessera.signIn('senior-cashier', { store: desk.place.storeId });
  const lotId = lots[0].id as string;
  const refused = await care(cardId, 'extend', { lotId, days: 31 }, { by }).expect(403);
  expect(refused.body.error).toMatchObject({ code: 'approval_required', details: { couldAllow: expect.any(Array) } });
  const extended = (await care(cardId, 'extend', { lotId, days: 30 }, { by }).expect(201)).body;
  const days = (Date.parse(extended.lots[0].validUntil) - Date.now()) / 86_400_000;
  expect(days).toBeGreaterThan(30);
  expect(days).toBeLessThan(31);
  await pay(memberId).expect(201);
  const [{ acts }] = (await desk.cardsOf(memberId)).cards;
  expect(acts).toMatchObject([{ kind: 'extend', lots: [{ id: lotId, before: lots[0].validUntil }] }]);
});

test('a card that is handed on pays for the receiver only, and both pages tell who gave it to whom', async () => {
  const { memberId, memberNo, cardId } = await cardWith500();
  const receiver = await tessera.makeMember();
  const cashier = await tessera.signIn('cashier', { store: desk.place.storeId });
  await care(cardId, 'transfer', { memberId: receiver.id }, { by: cashier }).expect(403);
  const given = (await care(cardId, 'transfer', { memberId: receiver.id }).expect(201)).body;
  expect(given).toMatchObject({ memberId: receiver.id, status: 'active' });
  expect((await pay(memberId)).body.error.code).toBe('stored_value_not_enough');
  await pay(receiver.id).expect(201);
  const trail = { kind: 'transfer', fromMemberNo: memberNo, toMemberNo: receiver.memberNo, reason };
  expect(await desk.cardsOf(memberId)).toMatchObject({ cards: [], given: [{ cardId, act: trail }] });
  expect(await desk.cardsOf(receiver.id)).toMatchObject({ cards: [{ id: cardId, acts: [trail] }], given: [] });
  expect((await care(cardId, 'transfer', { memberId: receiver.id })).body.error.code).toBe('same_member');
  const audits = await desk.query<{ subject_id: string }>(
    `SELECT subject_id FROM tessera.audit WHERE action = 'cards.transfer' AND subject_id = $1`,
    [cardId],
  );
  expect(audits).toHaveLength(1);
});

test('who refunds a sale is told which of its cards is somebody else’s by now, and the money is for the buyer', async () => {
  const { memberId, cardId, sale } = await cardWith500();
  const paid = (await pay(memberId).expect(201)).body;
  const handedOn = async (id: string, by = desk.token) =>
    (await tessera.as(by).get(`/api/checkout/transactions/${id}/refunds`).expect(200)).body.handedOn;
  expect([await handedOn(sale.id), await handedOn(paid.id)]).toEqual([[], []]);
  const receiver = await tessera.makeMember();
  await care(cardId, 'transfer', { memberId: receiver.id }).expect(201);
  const { number } = (await desk.cardsOf(receiver.id)).cards[0];
  const card = { number, memberNo: receiver.memberNo };
  expect(await handedOn(sale.id)).toEqual([{ ...card, lineNos: [1], isPaidFrom: false }]);
  expect(await handedOn(paid.id)).toEqual([{ ...card, lineNos: [], isPaidFrom: true }]);
  const later = (await pay(receiver.id).expect(201)).body;
  expect(await handedOn(later.id)).toEqual([]);
  await care(cardId, 'transfer', { memberId }).expect(201);
  expect([await handedOn(sale.id), await handedOn(paid.id)]).toEqual([[], []]);
});

test('a manager hands a card on only between members of his stores', async () => {
  const elsewhere = await tessera.makeStore();
  const { cardId } = await cardWith500();
  const stranger = await tessera.makeMember({ homeStore: elsewhere });
  const by = await tessera.signIn('store-manager', { store: desk.place.storeId });
  const refused = await care(cardId, 'transfer', { memberId: stranger.id }, { by }).expect(403);
  expect(refused.body.error.details.reasons).toMatchObject([{ code: 'outside_scope' }]);
});

test('of a freeze and ten sales at once, no sale is booked after the freeze', async () => {
  const { memberId, cardId } = await cardWith500();
  const [frozen, ...paid] = await Promise.all([
    care(cardId, 'freeze'),
    ...Array.from({ length: 5 }, () => pay(memberId)),
  ]);
  expect(frozen?.status).toBe(201);
  const booked = paid.filter(({ status }) => status === 201).length;
  expect(await desk.accounts(cardId)).toEqual({ principal: 50_000 - 10_000 * booked, bonus: 6_000 });
  const codes = paid.filter(({ status }) => status !== 201).map(({ body }) => body.error.code);
  expect(new Set([...codes, 'card_blocked', 'stored_value_not_enough'])).toEqual(
    new Set(['card_blocked', 'stored_value_not_enough']),
  );
  const [late] = await desk.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM tessera.card_act a JOIN tessera.card_lot l ON l.card_id = a.card_id
    JOIN tessera.card_move m ON m.lot_id = l.id AND m.id > a.after_move WHERE a.card_id = $1`,
    [cardId],
  );
  expect(late?.count).toBe(0);
});
