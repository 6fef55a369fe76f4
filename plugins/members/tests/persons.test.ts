import { openMergeShop, type MergeShop } from './merge-shop';

let shop: MergeShop;

beforeAll(async () => {
  shop = await openMergeShop();
});
afterAll(() => shop.tessera.close());

const NAME = '欧阳修竹';
const PHONE = '13777712345';

/** Every column of every table that holds text or JSON, where one of these words stands in it. */
async function findEverywhere(words: readonly string[]): Promise<string[]> {
  const columns = await shop.query<{ table: string; column: string }>(
    `SELECT format('%I.%I', table_schema, table_name) AS table, quote_ident(column_name) AS column FROM information_schema.columns
    JOIN information_schema.tables USING (table_schema, table_name) WHERE table_type = 'BASE TABLE' AND table_schema IN ('public', 'tessera', 'pgboss')
      AND data_type IN ('text', 'character varying', 'json', 'jsonb', 'ARRAY', 'date')`,
  );
  expect(columns.length).toBeGreaterThan(200);
  const found: string[] = [];
  for (const { table, column } of columns) {
    const rows = await shop.query(`SELECT 1 FROM ${table} t WHERE t.${column}::text LIKE ANY ($1) LIMIT 1`, [
      words.map((word) => `%${word}%`),
    ]);
    if (rows.length > 0) found.push(`${table}.${column}`);
  }
  return found;
}

test('whoever asks to be forgotten is found nowhere, and every figure stays', async () => {
  const profile = {
    name: NAME,
    phone: `+86${PHONE}`,
    birthday: '1987-11-23',
    gender: 'female',
    note: '爱喝普洱老茶',
    tags: ['老客户欧阳'],
  };
  const { id } = await shop.tessera.makeMember(profile);
  const twin = await shop.tessera.makeMember({ name: `${NAME}二`, homeStore: shop.storeId });
  await shop.fill(id, 0);
  const reason = `${NAME} called from ${PHONE}, or 137-7771-2345`;
  const { body: sale } = await shop
    .sell(id, {
      manualDiscount: { kind: 'percent', basisPoints: 1_000, reason },
      tenders: [{ method: 'card', amount: 9_000 }],
    })
    .expect(201);
  await shop
    .post(`/checkout/transactions/${sale.id}/refunds`, { lines: [{ lineId: sale.lines[0].id, quantity: 1 }], reason })
    .expect(201);
  await shop.post(`/points/members/${id}/adjustments`, { amount: 5, reason, storeId: shop.storeId }).expect(201);
  await shop.post(`/members/${id}/tier`, { tier: 'silver', reason }).expect(201);
  await shop.post('/campaigns/coupon-issues', { templateId: shop.templateId, memberIds: [id], reason }).expect(201);
  await shop.post('/checkout/held-carts', {
    storeId: shop.storeId,
    tillId: shop.tillId,
    note: reason,
    cart: { storeId: shop.storeId, tillId: shop.tillId, memberId: id, lines: [{ sku: shop.sku, quantity: 1 }] },
  });
  const patch = shop.tessera.as(shop.token).patch(`/api/backoffice/members/${id}`).set('If-Match', '1');
  await patch.send({ tags: ['老客户欧阳', 'x'] }).expect(200);
  await shop.merge(id, twin.id, { reason }).expect(201);
  const words = [NAME, PHONE, '普洱老茶', '老客户欧阳', '7771-2345', '1987-11-23'];
  expect((await findEverywhere(words)).length).toBeGreaterThan(8);
  const figures = `SELECT (SELECT sum(amount) FROM tessera.posting) AS postings, (SELECT count(*) FROM tessera.posting) AS count,
    (SELECT json_agg(to_jsonb(t) ORDER BY t.id) FROM tessera.transaction t) AS transactions, (SELECT json_agg(json_build_array(a.id, a.balance) ORDER BY a.id) FROM tessera.account a) AS accounts`;
  const before = await shop.query(figures);

  const ask = (body: object) => shop.post(`/members/${id}/anonymisation`, { reason: `${NAME} asked for it`, ...body });
  const { body: refused } = await ask({}).expect(409);
  expect(refused.error).toMatchObject({
    code: 'member_has_balances',
    details: { balances: expect.arrayContaining([expect.objectContaining({ code: 'points' })]) },
  });
  await ask({ balances: 'leave' }).expect(201);

  expect(await findEverywhere(words)).toEqual([]);
  expect(await shop.query(figures)).toEqual(before);
  expect((await shop.get(`/backoffice/members/${id}`).expect(200)).body).toMatchObject({
    name: '—',
    phone: null,
    birthday: null,
    status: 'anonymised',
  });
  const trail = await shop.query(
    `SELECT 1 FROM tessera.audit WHERE action = 'members.anonymise' AND subject_id = $1 AND effect = 'allow'`,
    [id],
  );
  expect(trail).toHaveLength(1);
  expect((await ask({ balances: 'leave' }).expect(409)).body.error.code).toBe('member_anonymised');
  expect((await shop.sell(id).expect(422)).body.error.details.status).toBe('anonymised');
  expect((await shop.get(`/members/lookup?q=${PHONE}`).expect(200)).body).toEqual([]);
});

test('the trail and other history refuse every other change, also while somebody is forgotten', async () => {
  const forgetting = `SELECT set_config('tessera.forgetting', 'zzz', true)`;
  const change = `UPDATE tessera.audit SET reason = 'something else' WHERE id = (SELECT id FROM tessera.audit LIMIT 1)`;
  await expect(
    shop.query(`DO $$ BEGIN PERFORM 1; ${forgetting.replace('SELECT', 'PERFORM')}; ${change}; END $$`),
  ).rejects.toThrow('history');
});

test('only who may anonymises, and nobody forgets a member of another number', async () => {
  const { id } = await shop.tessera.makeMember({ homeStore: shop.storeId });
  const manager = await shop.tessera.signIn('store-manager', { store: shop.storeId });
  await shop.post(`/members/${id}/anonymisation`, { reason: 'he asked' }, { token: manager }).expect(403);
  const twin = await shop.tessera.makeMember();
  await shop.merge(id, twin.id).expect(201);
  expect(
    (await shop.post(`/members/${twin.id}/anonymisation`, { reason: 'he asked' }).expect(409)).body.error.code,
  ).toBe('member_merged');
});

test('consents are kept per channel, given and taken back, and the profile shows the newest of membership', async () => {
  const given = { consentChannel: 'paper', consentVersion: '2025-01', consentAt: '2025-03-01T00:00:00.000Z' };
  const { id } = await shop.tessera.makeMember({ ...given, homeStore: shop.storeId });
  const say = (body: object, token = shop.token) =>
    shop.post(`/members/${id}/consents`, { isGiven: true, means: 'by-voice', version: '2026-01', ...body }, { token });
  const cashier = await shop.tessera.signIn('cashier', { store: shop.storeId });
  await say({ channel: 'sms' }, cashier).expect(201);
  await say({ channel: 'sms', isGiven: false, version: null }).expect(201);
  const { body } = await say({ channel: 'membership', version: '2026-02' }).expect(201);
  expect(body.standing).toMatchObject([
    { channel: 'membership', isGiven: true, version: '2026-02', staffName: expect.any(String) },
    { channel: 'sms', isGiven: false },
  ]);
  expect(body.history).toHaveLength(4);
  expect(body.history[3]).toMatchObject({ channel: 'membership', version: '2025-01', means: 'paper', staffName: null });
  expect((await shop.get(`/backoffice/members/${id}`).expect(200)).body).toMatchObject({ consentVersion: '2026-02' });
  await say({ channel: 'membership', isGiven: false }).expect(201);
  expect((await shop.get(`/backoffice/members/${id}`).expect(200)).body).toMatchObject({
    consentAt: null,
    consentVersion: null,
  });
  expect((await say({ channel: 'sms', version: null }).expect(400)).body.error.code).toBe('invalid_input');
  expect((await say({ channel: 'sms', occurredAt: '2999-01-01T00:00:00Z' }).expect(422)).body.error.code).toBe(
    'consent_in_future',
  );
  await expect(shop.query('DELETE FROM tessera.member_consent WHERE member_id = $1', [id])).rejects.toThrow('history');
  const analyst = await shop.tessera.signIn('analyst');
  await say({ channel: 'sms' }, analyst).expect(403);
});

test('birthdays to come are seen by who may see them, of the own store, nearest first', async () => {
  const at = (days: number) => new Date(Date.now() + 8 * 3_600_000 + days * 86_400_000).toISOString().slice(5, 10);
  const make = (day: string, homeStore: string) => shop.tessera.makeMember({ birthday: `1992-${day}`, homeStore });
  const [later, sooner, far] = [
    await make(at(5), shop.storeId),
    await make(at(1), shop.storeId),
    await make(at(30), shop.storeId),
  ];
  const foreign = await make(at(2), await shop.tessera.makeStore());
  const manager = await shop.tessera.signIn('store-manager', { store: shop.storeId });
  const { body } = await shop.get(`/members/birthdays?days=7&storeId=${shop.storeId}`, manager).expect(200);
  expect(body.map(({ id }: { id: string }) => id)).toEqual([sooner.id, later.id]);
  expect(body[0]).toMatchObject({
    day: expect.stringContaining(at(1)),
    phone: expect.stringContaining('*'),
    name: '张三丰',
  });
  await shop.get('/members/birthdays?days=7', manager).expect(403);
  const all = (await shop.get('/members/birthdays?days=31').expect(200)).body.map(({ id }: { id: string }) => id);
  expect(all).toEqual([sooner.id, foreign.id, later.id, far.id]);
  const cashier = await shop.tessera.signIn('cashier', { store: shop.storeId });
  await shop.get(`/members/birthdays?storeId=${shop.storeId}`, cashier).expect(403);
});
