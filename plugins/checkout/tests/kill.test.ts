import { randomUUID } from 'node:crypto';
import { spawn, type ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { freePort } from '../../../cms/launch/embedded-postgres';
import { readChecks, runChecks } from '../../../cms/launch/reconcile/run-checks';
import { bootTessera, createTestDatabase } from '../../../config/presets/testing';
import { repository, strapiEnvironment } from '../../../config/presets/testing/strapi-environment';

const ROUNDS = 20;
const TILLS = 8;

const SERVE = `
const { createStrapi } = require('@strapi/strapi');
createStrapi({ appDir: 'cms', distDir: 'cms/dist' }).load().then((strapi) => {
  strapi.server.mount();
  strapi.server.listen(Number(process.env.PORT), '127.0.0.1');
});`;

interface Attempt {
  key: string;
  body: Record<string, unknown>;
  /** Number of the transaction, once the server has acknowledged it. */
  number: string | null;
}

let databaseUrl: string;
let drop: () => Promise<void>;
let token: string;
let cart: (till: number) => Record<string, unknown>;
let server: ChildProcess | undefined;

/** Master data and a session are made by a server in this process, on the database that the killed ones then use. */
beforeAll(async () => {
  const database = await createTestDatabase();
  ({ url: databaseUrl, drop } = database);
  const tessera = await bootTessera({ url: databaseUrl, drop: async () => undefined });
  const storeId = await tessera.makeStore();
  const tillIds: string[] = [];
  for (let till = 0; till < TILLS; till++) tillIds.push(await tessera.makeTill({ store: storeId }));
  const products = [await tessera.makeProduct(), await tessera.makeProduct(), await tessera.makeProduct()];
  const { id: memberId } = await tessera.makeMember();
  const lines = products.map(({ sku }) => ({ sku, quantity: 1 }));
  token = await tessera.signIn('cashier', { store: storeId });
  cart = (till) => ({ storeId, tillId: tillIds[till], memberId, lines, tenders: [{ method: 'card', amount: 3_000 }] });
  await tessera.close();
});
afterAll(async () => {
  server?.kill('SIGKILL');
  await drop();
});

async function serve(): Promise<string> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  server = spawn(process.execPath, ['-e', SERVE], {
    cwd: repository,
    env: { ...process.env, ...strapiEnvironment(databaseUrl), PORT: String(port) },
    stdio: 'ignore',
  });
  for (;;) {
    const isReady = await fetch(`${url}/_health`).then(
      (answer) => answer.status === 204,
      () => false,
    );
    if (isReady) return url;
    if (server.exitCode !== null) throw new Error('the server ended while it started');
    await sleep(50);
  }
}

/** @returns null when the server was gone before it answered */
async function ask(url: string, { key, body }: Attempt): Promise<{ status: number; body: { number: string } } | null> {
  try {
    const answer = await fetch(`${url}/api/checkout/transactions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'idempotency-key': key },
      body: JSON.stringify(body),
    });
    return { status: answer.status, body: (await answer.json()) as { number: string } };
  } catch {
    return null;
  }
}

async function send(url: string, attempt: Attempt): Promise<boolean> {
  const answer = await ask(url, attempt);
  if (!answer) return false;
  const { status, body } = answer;
  if (status !== 201) throw new Error(`a sale was answered with ${status}: ${JSON.stringify(body)}`);
  if (attempt.number !== null && attempt.number !== body.number) throw new Error('one key, two transactions');
  attempt.number = body.number;
  return true;
}

/** One till: first what was left unanswered, then sale after sale until the server is gone. */
async function sellUntilGone(url: string, till: number, attempts: Attempt[]): Promise<void> {
  for (const open of attempts.filter((attempt) => attempt.number === null)) {
    if (!(await send(url, open))) return;
  }
  for (;;) {
    const attempt: Attempt = { key: randomUUID(), body: cart(till), number: null };
    attempts.push(attempt);
    if (!(await send(url, attempt))) return;
  }
}

async function inDatabase<Result>(look: (client: Client) => Promise<Result>): Promise<Result> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    return await look(client);
  } finally {
    await client.end();
  }
}

/** What `npm run reconcile` would report: journals, balances, totals, payments, gaps in the numbers, answers without a sale. */
async function contradictions() {
  const findings = await inDatabase((client) => runChecks(client, readChecks(repository)));
  return findings.filter(({ count }) => count > 0);
}

test(`killed ${ROUNDS} times among the sales of ${TILLS} tills, it loses none, books none twice and stays balanced`, async () => {
  const tills: Attempt[][] = Array.from({ length: TILLS }, () => []);
  const acknowledged = () => tills.flat().filter((attempt) => attempt.number !== null).length;
  for (let round = 0; round < ROUNDS; round++) {
    const url = await serve();
    const selling = tills.map((attempts, till) => sellUntilGone(url, till, attempts));
    // By the sales that were answered, not by the clock: a busy machine is killed in the middle of selling, too.
    const before = acknowledged();
    while (acknowledged() < before + 1 + round) await sleep(1);
    server?.kill('SIGKILL');
    await Promise.all(selling);
  }
  const url = await serve();
  for (const open of tills.flat().filter((attempt) => attempt.number === null))
    expect(await send(url, open)).toBe(true);
  server?.kill('SIGKILL');

  const promised = tills
    .flat()
    .map((attempt) => attempt.number)
    .sort();
  const booked = await inDatabase((client) =>
    client.query<{ number: string }>('SELECT number FROM tessera.transaction'),
  );
  expect(booked.rows.map((row) => row.number).sort()).toEqual(promised);
  expect(promised.length).toBeGreaterThanOrEqual((ROUNDS * (ROUNDS + 1)) / 2);
  expect(await contradictions()).toEqual([]);
}, 900_000);
