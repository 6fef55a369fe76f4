import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { startEmbeddedPostgres } from '../launch/embedded-postgres';
import { makeInstallation, runCommand, startLauncher, type Launcher } from './launcher';

const source = makeInstallation();
const target = makeInstallation();
const file = join(source.directory, 'tessera.tar.gz');
const WRITERS = 4;
// Two servers start and a cluster is packed twice: a busy machine needs its time.
jest.setTimeout(300_000);

async function connect(directory: string): Promise<Client> {
  const postgres = await startEmbeddedPostgres(join(directory, 'data/postgres'));
  const client = new Client({ connectionString: postgres.url('tessera') });
  await client.connect();
  return client;
}

/** A sale as the ledger sees it: the till has the money, and earned it. */
function sale(till: string): Record<string, unknown> {
  const account = (name: string, amount: number) => ({
    ownerType: 'till',
    ownerId: till,
    account: name,
    unit: 'CNY',
    amount,
  });
  return {
    id: randomUUID(),
    kind: 'sale',
    storeId: 'store',
    businessDay: '2026-01-02',
    occurredAt: '2026-01-02T03:04:05Z',
    subjectType: 'transaction',
    subjectId: till,
    postings: [account('cash', 1_000), account('revenue', -1_000)],
  };
}

/** Tills that post without a pause until they are stopped. `acknowledged` are the ids that the database confirmed. */
async function startTills(): Promise<{ acknowledged: string[]; stop(): Promise<void> }> {
  const acknowledged: string[] = [];
  let isStopped = false;
  async function post(till: string): Promise<void> {
    const client = await connect(source.directory);
    while (!isStopped) {
      const journal = sale(till);
      await client.query('SELECT tessera.post_journals($1)', [JSON.stringify([journal])]);
      acknowledged.push(journal.id as string);
    }
    await client.end();
  }
  const tills = Promise.all(Array.from({ length: WRITERS }, (_, index) => post(`till-${index}`)));
  return {
    acknowledged,
    async stop() {
      isStopped = true;
      await tills;
    },
  };
}

async function journalsOf(directory: string): Promise<Set<string>> {
  const client = await connect(directory);
  const { rows } = await client.query<{ id: string }>('SELECT id FROM tessera.journal');
  await client.end();
  return new Set(rows.map(({ id }) => id));
}

let running: Launcher;
let acknowledgedBefore: string[];
let backup: { code: number; output: string };
beforeAll(async () => {
  running = await startLauncher({ ...source.env, TESSERA_DEMO: '0' });
  await running.ready();
  const tills = await startTills();
  while (tills.acknowledged.length < 200) await new Promise((soon) => setTimeout(soon, 20));
  acknowledgedBefore = [...tills.acknowledged];
  backup = await runCommand('backup', [file], source.env);
  await tills.stop();
});
afterAll(async () => {
  await running.end('SIGTERM');
  source.remove();
  target.remove();
});

test('a backup under load is proved by restoring it, and disturbs nobody', async () => {
  expect(backup).toEqual({ code: 0, output: expect.stringMatching(/\d+ journals, all checked\./) });
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect((await fetch(`${running.url}/_health`)).status).toBe(204);
  expect(readdirSync(join(source.directory, 'data')).filter((name) => name.startsWith('scratch'))).toEqual([]);
});

test('a backup never overwrites a file', async () => {
  const again = await runCommand('backup', [file], source.env);
  expect(again).toEqual({ code: 1, output: `${file} exists: name another file, nothing is overwritten\n` });
});

test('a file that is no backup restores nothing', async () => {
  const wrong = join(target.directory, 'wrong.tar.gz');
  writeFileSync(wrong, 'not a backup');
  const refused = await runCommand('restore', [wrong], target.env);
  expect(refused.code).toBe(1);
  expect(refused.output).toContain(`${wrong} is no backup that can be read`);
  expect(existsSync(join(target.directory, 'data/postgres'))).toBe(false);
});

test('restored elsewhere, it holds every sale acknowledged before it began, and the secrets', async () => {
  const restored = await runCommand('restore', [file], target.env);
  expect(restored).toEqual({ code: 0, output: expect.stringMatching(/Restored \d+ tables/) });
  expect(readFileSync(target.env.ENV_PATH!, 'utf8')).toBe(readFileSync(source.env.ENV_PATH!, 'utf8'));
  const launcher = await startLauncher({ ...target.env, TESSERA_DEMO: '0' });
  await launcher.ready();
  const [held, original] = [await journalsOf(target.directory), await journalsOf(source.directory)];
  expect(acknowledgedBefore.filter((id) => !held.has(id))).toEqual([]);
  expect([...held].filter((id) => !original.has(id))).toEqual([]);
  expect(await launcher.end('SIGTERM')).toBe(0);
});

test('an installation that has a database is not restored over', async () => {
  const refused = await runCommand('restore', [file], target.env);
  expect(refused.code).toBe(1);
  expect(refused.output).toMatch(/already holds a database: stop Tessera, move that folder away/);
});
