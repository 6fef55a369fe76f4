import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { mergeProfilesJob } from '../src/services/merges/merge-profiles-job';
import { openMergeShop, type MergeShop } from './merge-shop';

let shop: MergeShop;

beforeAll(async () => {
  shop = await openMergeShop();
});
afterAll(() => shop.tessera.close());

const DAY_MS = 86_400_000;

async function two(kept: object = {}, duplicate: object = {}): Promise<[string, string]> {
  const made = [await shop.tessera.makeMember({ ...kept }), await shop.tessera.makeMember({ ...duplicate })];
  return made.map(({ id }) => id) as [string, string];
}

const pointsOf = async (id: string) => (await shop.get(`/points/members/${id}`).expect(200)).body;
const cardsOf = async (id: string) => (await shop.get(`/cards/members/${id}`).expect(200)).body.cards;
const couponsOf = async (id: string) => (await shop.get(`/campaigns/members/${id}/coupons`).expect(200)).body;
const lookUp = async (q: string) => (await shop.get(`/members/lookup?q=${encodeURIComponent(q)}`).expect(200)).body;

test('what the duplicate has adds up at the kept member, lots keep their dates, and every number finds him', async () => {
  const phones = { kept: '+8613811110001', duplicate: '+8613811110002' };
  const duplicateFields = {
    phone: phones.duplicate,
    name: '李四',
    birthday: '1990-05-01',
    tags: ['vip'],
    joinedAt: '2020-01-01T00:00:00Z',
  };
  const [kept, duplicate] = await two({ phone: phones.kept, tags: ['tea'] }, duplicateFields);
  await shop.fill(kept, 50);
  const { cardId } = await shop.fill(duplicate, 70);
  const lots = (await pointsOf(duplicate)).lots;
  const preview = await shop.get(`/members/${kept}/merge-preview?duplicateId=${duplicate}`).expect(200);
  expect(preview.body.balances).toMatchObject([
    { code: 'cards', kept: 1, duplicate: 1, after: 2 },
    { code: 'principal', kept: 50_000, duplicate: 50_000, after: 100_000, currency: 'CNY' },
    { code: 'bonus', kept: 6_000, duplicate: 6_000, after: 12_000 },
    { code: 'points', kept: 150, duplicate: 170, after: 320 },
    { code: 'coupons', kept: 1, duplicate: 1, after: 2 },
  ]);
  const { body: merge } = await shop
    .merge(kept, duplicate, { fields: ['name', 'phone', 'birthday', 'tags'] })
    .expect(201);
  expect(Date.parse(merge.undoableUntil) - Date.parse(merge.mergedAt)).toBe(30 * DAY_MS);
  const points = await pointsOf(kept);
  expect(points.available).toBe(320);
  for (const { id, remaining, availableFrom, expiresAt } of lots) {
    expect(points.lots).toContainEqual(expect.objectContaining({ id, remaining, availableFrom, expiresAt }));
  }
  expect(points.entries[0]).toMatchObject({
    kind: 'merged',
    amount: 170,
    balanceAfter: 320,
    reason: 'the same person twice',
  });
  expect((await cardsOf(kept)).map(({ id }: { id: string }) => id)).toContain(cardId);
  expect(await couponsOf(kept)).toHaveLength(2);
  const [{ memberNo: oldNo }] = (await shop.query<{ memberNo: string }>(
    'SELECT member_no AS "memberNo" FROM public.members WHERE document_id = $1',
    [duplicate],
  )) as [{ memberNo: string }];
  for (const query of [oldNo, phones.kept, phones.duplicate])
    expect((await lookUp(query)).map(({ id }: { id: string }) => id)).toEqual([kept]);
  const { body: row } = await shop.get(`/backoffice/members/${kept}`).expect(200);
  expect(row).toMatchObject({ name: '李四', phone: phones.duplicate, birthday: '1990-05-01', status: 'active' });
  expect([...row.tags].sort()).toEqual(['tea', 'vip']);
  expect(row.joinedAt).toBe('2020-01-01T00:00:00.000Z');
  expect((await shop.get(`/backoffice/members/${duplicate}`).expect(200)).body).toMatchObject({
    status: 'merged',
    mergedIntoId: kept,
  });
});

test('nobody sells to, writes to or gives points to who was merged', async () => {
  const [kept, duplicate] = await two();
  await shop.merge(kept, duplicate).expect(201);
  expect((await shop.sell(duplicate).expect(422)).body.error).toMatchObject({
    code: 'member_not_active',
    details: { status: 'merged' },
  });
  const adjustment = { amount: 5, reason: 'a gift', storeId: shop.storeId };
  expect((await shop.post(`/points/members/${duplicate}/adjustments`, adjustment).expect(409)).body.error.code).toBe(
    'member_merged',
  );
  const change = shop.tessera.as(shop.token).patch(`/api/backoffice/members/${duplicate}`).set('If-Match', '2');
  expect((await change.send({ status: 'active' })).body.error.code).toBe('member_merged');
});

test('days of both count for the tier, and a tier that was given to the duplicate holds on', async () => {
  const [kept, duplicate] = await two();
  await shop.sell(kept).expect(201);
  await shop.sell(duplicate).expect(201);
  await shop.post(`/members/${duplicate}/tier`, { tier: 'silver', reason: 'an old friend' }).expect(201);
  const { body: merge } = await shop.merge(kept, duplicate).expect(201);
  const tier = (await shop.get(`/members/${kept}/tier`).expect(200)).body;
  expect(tier.current).toMatchObject({ code: 'silver', because: 'given' });
  const days = async () =>
    (await shop.query<{ days: unknown[] }>(`SELECT tessera.tier_facts($1, current_date)->'days' AS days`, [kept]))[0]
      ?.days;
  expect(await days()).toMatchObject([[expect.any(String), 'CNY', 20_000, expect.any(Number), 0]]);
  await shop.undo(kept, merge.id).expect(201);
  expect((await shop.get(`/members/${kept}/tier`).expect(200)).body.current).toBeNull();
  expect(await days()).toMatchObject([[expect.any(String), 'CNY', 10_000, expect.any(Number), 0]]);
});

test('a limit per member counts what he used under his other number', async () => {
  const [kept, duplicate] = await two();
  const use = async (memberId: string) => {
    await shop
      .post('/campaigns/coupon-issues', { templateId: shop.templateId, memberIds: [memberId], reason: 'a gift' })
      .expect(201);
    const coupon = (
      await shop.query<{ code: string }>(
        `SELECT code FROM tessera.coupon WHERE member_id = $1 AND state = 'open' ORDER BY id DESC LIMIT 1`,
        [memberId],
      )
    )[0];
    return shop.sell(memberId, { coupons: [coupon?.code], tenders: [{ method: 'card', amount: 9_900 }] });
  };
  expect((await use(kept)).status).toBe(201);
  expect((await use(duplicate)).status).toBe(201);
  await shop.merge(kept, duplicate).expect(201);
  expect((await use(kept)).body.error).toMatchObject({
    code: 'coupon_not_usable',
    details: { reason: 'coupon_limit_member' },
  });
});

test('a coupon, a card and points that the duplicate brought are spent by the kept member, and stay spent when it is undone', async () => {
  const [kept, duplicate] = await two();
  await shop.fill(duplicate, 70);
  const { body: merge } = await shop.merge(kept, duplicate).expect(201);
  const [coupon] = await shop.query<{ code: string }>('SELECT code FROM tessera.coupon WHERE member_id = $1', [
    duplicate,
  ]);
  const { body: sale } = await shop
    .sell(kept, {
      coupons: [coupon?.code],
      redeem: { points: 30 },
      tenders: [{ method: 'stored-value', amount: 9_870 }],
    })
    .expect(201);
  await shop.undo(kept, merge.id).expect(201);
  expect(await pointsOf(kept)).toMatchObject({ available: 0, debt: 0 });
  expect(await pointsOf(duplicate)).toMatchObject({ available: 140 });
  expect(await cardsOf(kept)).toEqual([]);
  expect((await cardsOf(duplicate))[0]).toMatchObject({ principal: 40_130, bonus: 6_000 });
  expect((await couponsOf(duplicate))[0]).toMatchObject({ status: 'used' });
  // What comes back of the sale goes to who made it; the card's part to the card.
  const lines = [{ lineId: sale.lines[0].id, quantity: 1 }];
  await shop.post(`/checkout/transactions/${sale.id}/refunds`, { lines, reason: 'wrong size' }).expect(201);
  expect(await pointsOf(kept)).toMatchObject({ available: 30 });
  expect(await pointsOf(duplicate)).toMatchObject({ available: 140 });
  expect((await cardsOf(duplicate))[0]).toMatchObject({ principal: 50_000 });
});

test('a sale of the duplicate is refunded to the kept member', async () => {
  const [kept, duplicate] = await two();
  const { saleId, lineId } = await shop.fill(duplicate, 0);
  const { body: spent } = await shop
    .sell(duplicate, { redeem: { points: 40 }, tenders: [{ method: 'card', amount: 9_960 }] })
    .expect(201);
  const before = (await pointsOf(duplicate)).available;
  await shop.merge(kept, duplicate).expect(201);
  await shop
    .post(`/checkout/transactions/${saleId}/refunds`, { lines: [{ lineId, quantity: 1 }], reason: 'wrong size' })
    .expect(201);
  expect((await pointsOf(kept)).available).toBe(before - 100);
  await shop
    .post(`/checkout/transactions/${spent.id}/refunds`, {
      lines: [{ lineId: spent.lines[0].id, quantity: 1 }],
      reason: 'wrong size',
    })
    .expect(201);
  expect((await pointsOf(kept)).available).toBe(before - 100 + 40 - 99);
  expect((await pointsOf(duplicate)).available).toBe(0);
});

test('merges are chained, and taken back in the opposite order only', async () => {
  const [first, second] = await two();
  const [third] = await two();
  for (const id of [first, second, third]) await shop.fill(id, 10);
  const before = await shop.stateOf(first, second, third);
  const { body: inner } = await shop.merge(first, second).expect(201);
  const { body: outer } = await shop.merge(third, first).expect(201);
  expect((await pointsOf(third)).available).toBe(330);
  expect((await shop.merge(third, second).expect(409)).body.error).toMatchObject({
    code: 'member_merged',
    details: { keptId: first },
  });
  expect((await shop.merge(first, third).expect(409)).body.error.code).toBe('member_merged');
  expect((await shop.undo(first, inner.id).expect(409)).body.error.code).toBe('merge_chained');
  await shop.undo(third, outer.id).expect(201);
  await shop.undo(first, inner.id).expect(201);
  expect(await shop.stateOf(first, second, third)).toEqual(before);
  expect((await shop.undo(first, inner.id).expect(409)).body.error.code).toBe('merge_undone');
});

/** A member with some of everything: negative points are owed. */
async function someone({ points, isFilled, fields }: Someone): Promise<string> {
  const { id } = await shop.tessera.makeMember(fields);
  if (isFilled) await shop.fill(id, 0);
  if (points > 0)
    await shop
      .post(`/points/members/${id}/adjustments`, { amount: points, reason: 'a gift', storeId: shop.storeId })
      .expect(201);
  if (points < 0) {
    const { body: sale } = await shop.sell(id).expect(201);
    const { available } = await pointsOf(id);
    const payable = 10_000 - available;
    await shop.sell(id, { redeem: { points: available }, tenders: [{ method: 'cash', amount: payable }] }).expect(201);
    await shop
      .post(`/checkout/transactions/${sale.id}/refunds`, {
        lines: [{ lineId: sale.lines[0].id, quantity: 1 }],
        reason: 'x y',
      })
      .expect(201);
  }
  return id;
}

interface Someone {
  points: number;
  isFilled: boolean;
  fields: { name: string; tags: string[]; gender?: string; birthday?: string };
}
const SOMEONE: fc.Arbitrary<Someone> = fc.record({
  points: fc.integer({ min: -3, max: 5 }),
  isFilled: fc.boolean(),
  fields: fc.record(
    {
      name: fc.constantFrom('张三', '李小四', 'Ann Lee'),
      tags: fc.subarray(['vip', 'tea', 'cat']),
      gender: fc.constantFrom('female', 'male'),
      birthday: fc.constantFrom('1990-01-31', '2000-02-29'),
    },
    { requiredKeys: ['name', 'tags'] },
  ),
});

test('merged and taken back with nothing in between, everything is as it was', async () => {
  const fields = fc.subarray(['name', 'phone', 'birthday', 'gender', 'tags', 'note', 'homeStore']);
  await fc.assert(
    fc.asyncProperty(SOMEONE, SOMEONE, fields, async (one, other, taken) => {
      const [kept, duplicate] = [await someone(one), await someone(other)];
      const before = await shop.stateOf(kept, duplicate);
      const { body: merge } = await shop.merge(kept, duplicate, { fields: taken }).expect(201);
      const [joined] = (await shop.stateOf(kept)) as { points: number }[];
      const [first, second] = before as { points: number }[];
      expect(joined?.points).toBe((first?.points ?? 0) + (second?.points ?? 0));
      await shop.undo(kept, merge.id).expect(201);
      expect(await shop.stateOf(kept, duplicate)).toEqual(before);
    }),
    { numRuns: 12 },
  );
});

const mergeProfilesOf = async (): Promise<string[]> =>
  (await shop.query<{ id: string }>('SELECT merge_id AS id FROM tessera.member_merge_profile ORDER BY 1')).map(
    ({ id }) => id,
  );

test('after 30 days a merge stands for good, and the profiles that its undo needed go', async () => {
  const [kept, duplicate] = await two();
  const { body: merge } = await shop.merge(kept, duplicate).expect(201);
  await shop.query(`ALTER TABLE tessera.member_merge DISABLE TRIGGER refuse_change`);
  await shop.query(`UPDATE tessera.member_merge SET merged_at = merged_at - interval '30 days' WHERE id = $1`, [
    merge.id,
  ]);
  await shop.query(`ALTER TABLE tessera.member_merge ENABLE TRIGGER refuse_change`);
  expect((await shop.undo(kept, merge.id).expect(409)).body.error).toMatchObject({
    code: 'merge_too_late',
    details: { days: 30 },
  });
  const profiles = await mergeProfilesOf();
  expect(profiles).toContain(merge.id);
  const job = mergeProfilesJob(shop.tessera.strapi);
  await job.run({ now: new Date() } as never);
  expect(await mergeProfilesOf()).toEqual(profiles.filter((id) => id !== merge.id));
});

test('a merge is refused of one with himself, into one who is not active, and out of reach of the stores', async () => {
  const [kept, duplicate] = await two(
    { status: 'frozen', homeStore: shop.storeId },
    { homeStore: await shop.tessera.makeStore() },
  );
  expect((await shop.merge(kept, kept).expect(422)).body.error.code).toBe('merge_with_itself');
  expect((await shop.merge(kept, duplicate).expect(422)).body.error.code).toBe('kept_not_active');
  const manager = await shop.tessera.signIn('store-manager', { store: shop.storeId });
  const [own, other] = await two({ homeStore: shop.storeId }, { homeStore: shop.storeId });
  expect((await shop.merge(own, duplicate, {}, { token: manager }).expect(403)).body.error.code).toBe('forbidden');
  await shop.merge(own, other, {}, { token: manager }).expect(201);
  const cashier = await shop.tessera.signIn('cashier', { store: shop.storeId });
  await shop.merge(own, other, {}, { token: cashier }).expect(403);
});

test('the same key merges once and answers again; the trail names both without their data', async () => {
  const [kept, duplicate] = await two({}, { name: '王五秘' });
  const key = randomUUID();
  const first = await shop.merge(kept, duplicate, { fields: ['name'] }, { key }).expect(201);
  const again = await shop.merge(kept, duplicate, { fields: ['name'] }, { key }).expect(201);
  expect(again.body).toEqual(first.body);
  expect(again.headers['idempotent-replayed']).toBe('true');
  expect((await shop.merge(kept, duplicate, {}, { key }).expect(422)).body.error.code).toBe('idempotency_key_reused');
  const trail = await shop.query<{ subject_id: string }>(
    `SELECT * FROM tessera.audit WHERE action = 'members.merge' AND subject_id = ANY ($1)`,
    [[kept, duplicate]],
  );
  expect(trail.map(({ subject_id }) => subject_id).sort()).toEqual([kept, duplicate].sort());
  expect(JSON.stringify(trail)).not.toContain('王五秘');
});

test('of 20 merges that meet sales and gifts of the duplicate, none loses anything', async () => {
  for (let round = 0; round < 20; round++) {
    const [kept, duplicate] = await two();
    await shop.fill(duplicate, 0);
    const gift = { amount: 7, reason: 'a gift', storeId: shop.storeId };
    const acts = [
      () => shop.sell(duplicate, { redeem: { points: 20 }, tenders: [{ method: 'card', amount: 9_980 }] }),
      () => shop.post(`/points/members/${duplicate}/adjustments`, gift),
      () => shop.merge(kept, duplicate),
      () => shop.sell(duplicate, { tenders: [{ method: 'stored-value', amount: 10_000 }] }),
      () => shop.sell(kept),
    ];
    const order = [...acts.slice(round % acts.length), ...acts.slice(0, round % acts.length)];
    const answers = await Promise.all(order.map(async (act) => [acts.indexOf(act), await act()] as const));
    const status = Object.fromEntries(answers.map(([index, { status: code }]) => [index, code]));
    expect(status[2]).toBe(201);
    expect(status[4]).toBe(201);
    for (const { body } of answers.map(([, answer]) => answer).filter(({ status: code }) => code !== 201)) {
      expect(['member_not_active', 'member_merged']).toContain(body.error.code);
    }
    const points = 100 + 100 + (status[0] === 201 ? 99 - 20 : 0) + (status[1] === 201 ? 7 : 0);
    expect((await pointsOf(kept)).available).toBe(points);
    expect((await pointsOf(duplicate)).available).toBe(0);
    expect(await cardsOf(duplicate)).toEqual([]);
    expect((await cardsOf(kept))[0]).toMatchObject({ principal: status[3] === 201 ? 40_000 : 50_000 });
  }
});

test('a card that is handed to somebody who is merged at that moment is never left with nobody', async () => {
  for (let round = 0; round < 12; round++) {
    const [kept, duplicate] = await two();
    const { id: giver } = await shop.tessera.makeMember();
    const { cardId } = await shop.fill(giver, 0);
    const acts = [
      () => shop.post(`/cards/${cardId}/transfer`, { memberId: duplicate, reason: 'a present' }),
      () => shop.merge(kept, duplicate),
    ];
    const [first, second] = round % 2 === 0 ? acts : acts.toReversed();
    await Promise.all([first?.(), second?.()]);
    expect(await cardsOf(duplicate)).toEqual([]);
    const owners = await Promise.all([kept, giver].map(async (id) => (await cardsOf(id)).length));
    expect(owners.reduce((all, count) => all + count, 0)).toBe(1);
  }
});
