import { kernel } from '@tessera/kernel/public';
import { bootTessera, createTestDatabase, type Staff, type Tessera } from '../../../config/presets/testing';
import { runSql } from '../../../config/presets/testing/test-server';
import { accessService } from '../src/services/access';

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let tessera: Tessera;
let isRunning = true;
let store: string;
let other: string;
let person: Staff;
let cashier: ReturnType<Tessera['as']>;

beforeAll(async () => {
  database = await createTestDatabase();
  tessera = await bootTessera({ url: database.url, drop: async () => undefined });
  [store, other] = [await tessera.makeStore(), await tessera.makeStore()];
  person = await tessera.makeStaff({ role: 'cashier', store, name: '李雷' });
  cashier = tessera.as(await tessera.signInAs(person));
});
afterAll(async () => {
  await stop();
  await database.drop();
});

async function stop(): Promise<void> {
  if (isRunning) await tessera.close();
  isRunning = false;
}

const sql = () => kernel(tessera.strapi).database;

interface Line {
  staff_name: string;
  roles: string[];
  store_id: string | null;
  action: string;
  effect: string;
  rule: string;
  policy_version: number;
}
const lines = () =>
  sql().query<Line>(
    `SELECT staff_name, roles, store_id, action, effect, rule, policy_version FROM tessera.audit WHERE staff_id = $1 ORDER BY id`,
    [person.id],
  );

async function versionNow(): Promise<number> {
  return (await cashier.get('/api/access/me').expect(200)).body.policyVersion as number;
}

/** What the trail gained while something was done. */
async function added(act: () => Promise<unknown>): Promise<Line[]> {
  const before = (await lines()).length;
  await act();
  return (await lines()).slice(before);
}

const who = { staff_name: expect.stringContaining('李雷'), roles: ['cashier'] };

test('a refusal at the door, for want of any grant, is one line', async () => {
  const policy_version = await versionNow();
  const found = await added(() => cashier.get('/api/access/roles').expect(403));
  expect(found).toEqual([
    { ...who, store_id: null, action: 'roles.view', effect: 'deny', rule: 'no_grant', policy_version },
  ]);
});

test('a refusal over the facts is one line, and names the store', async () => {
  const policy_version = await versionNow();
  const refused = {
    storeId: other,
    tillId: await tessera.makeTill({ store: other }),
    lines: [{ sku: 'A', quantity: 1 }],
  };
  const found = await added(() => cashier.post('/api/checkout/quotes').send(refused).expect(403));
  expect(found).toEqual([
    { ...who, store_id: other, action: 'checkout.sell', effect: 'deny', rule: 'outside_scope', policy_version },
  ]);
});

test('each of ten refusals has its line', async () => {
  const found = await added(async () => {
    for (let time = 0; time < 10; time++) await cashier.get('/api/backoffice/audit').expect(403);
  });
  expect(found.map(({ action }) => action)).toEqual(Array.from({ length: 10 }, () => 'audit.view'));
});

test('a line carries the version of the policy that refused', async () => {
  const before = await versionNow();
  await tessera.makeStaff({ role: 'cashier', store });
  const [line] = await added(() => cashier.get('/api/access/roles').expect(403));
  expect(line?.policy_version).toBeGreaterThan(before);
  expect(line?.policy_version).toBe(await versionNow());
});

test('ordinary reads are counted by the hour, not written one by one', async () => {
  const { trail } = accessService(tessera.strapi);
  const count = async () => {
    await trail.flush();
    const rows = await sql().query<{ uses: number }>(
      `SELECT uses FROM tessera.audit_use WHERE staff_id = $1 AND permission = 'transactions.view'`,
      [person.id],
    );
    return { rows: rows.length, uses: rows.reduce((total, { uses }) => total + uses, 0) };
  };
  const before = await count();
  const found = await added(async () => {
    for (let time = 0; time < 25; time++) await cashier.get('/api/backoffice/transactions?_end=1').expect(200);
  });
  expect(found).toEqual([]);
  const after = await count();
  expect(after.uses - before.uses).toBe(25);
  // Two when the hour turned in between.
  expect(after.rows).toBeLessThanOrEqual(2);
});

test('what was counted in the last seconds is written when the server stops', async () => {
  await cashier.get('/api/backoffice/shifts?_end=1').expect(200);
  await stop();
  const written = await runSql<{ uses: string }>(
    database.url,
    `SELECT uses FROM tessera.audit_use WHERE staff_id = ${person.id} AND permission = 'shifts.view'`,
  );
  expect(written).toEqual([{ uses: '1' }]);
});
