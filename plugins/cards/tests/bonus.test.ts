import { kernel } from '@tessera/kernel/public';
import { bootTessera, type Tessera } from '../../../config/presets/testing';
import { giveBonus } from '../src/services/card-jobs';
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

const DAY_MS = 86_400_000;
/** Pay 500 get 60, a third of it now, in one month and in two. */
const plan = { unitPrice: 50_000, bonus: 6_001, bonusInstalments: 3 };
const runAfter = (days: number) => giveBonus(kernel(tessera.strapi).database, new Date(Date.now() + days * DAY_MS));
const refund = (sale: { id: string; lines: { id: string }[] }, quantity: number) =>
  desk.post(`/checkout/transactions/${sale.id}/refunds`, {
    lines: [{ lineId: sale.lines[0]?.id, quantity }],
    reason: 'moves away',
  });
const toCome = async (memberId: string) => {
  const [{ lots }] = (await desk.cardsOf(memberId)).cards;
  return (lots[0].instalments as { amount: number }[]).map(({ amount }) => amount);
};

test('a bonus in parts comes month by month, once however often the job runs, and can then be spent', async () => {
  const { memberId, cardId } = await desk.sellPlan(plan);
  expect(await desk.accounts(cardId)).toEqual({ principal: 50_000, bonus: 2_001 });
  expect(await toCome(memberId)).toEqual([2_000, 2_000]);
  await runAfter(0);
  expect(await desk.accounts(cardId)).toMatchObject({ bonus: 2_001 });
  await Promise.all([runAfter(35), runAfter(35)]);
  await runAfter(35);
  expect(await desk.accounts(cardId)).toMatchObject({ bonus: 4_001 });
  await runAfter(400);
  expect(await desk.accounts(cardId)).toMatchObject({ bonus: 6_001 });
  const tenders = [{ method: 'stored-value', amount: 50_000 }];
  await desk.sell(memberId, [{ sku, quantity: 5 }], tenders);
  expect(await desk.accounts(cardId)).toEqual({ principal: 0, bonus: 6_001 });
  const [{ entries }] = (await desk.cardsOf(memberId)).cards;
  expect(entries.filter(({ kind }: { kind: string }) => kind === 'granted')).toHaveLength(2);
});

test('a card that is paid back has nothing to come, and what was given is void', async () => {
  const { memberId, cardId, sale } = await desk.sellPlan(plan);
  await runAfter(35);
  expect((await refund(sale, 1).expect(201)).body.totals.paid).toBe(-50_000);
  expect(await desk.accounts(cardId)).toEqual({ principal: 0, bonus: 0 });
  expect(await toCome(memberId)).toEqual([]);
  await runAfter(400);
  expect(await desk.accounts(cardId)).toEqual({ principal: 0, bonus: 0 });
});

test('of two cards of which one is paid back, half of what was to come still comes', async () => {
  const { id: memberId } = await tessera.makeMember();
  const { sku: planSku } = await tessera.makeCardPlan(plan);
  const tenders = [{ method: 'card', amount: 100_000 }];
  const sale = await desk.sell(memberId, [{ sku: planSku, quantity: 2 }], tenders);
  expect(await toCome(memberId)).toEqual([4_001, 4_000]);
  await refund(sale, 1).expect(201);
  expect(await toCome(memberId)).toEqual([2_000, 2_000]);
  await runAfter(400);
  expect(await desk.accounts(sale.cards[0].cardId)).toMatchObject({ principal: 50_000, bonus: 6_000 });
});
