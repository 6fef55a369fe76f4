import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { createTestDatabase } from '../../../config/presets/testing';
import { migrate } from '../src/store/migrate';

const directory = mkdtempSync(join(tmpdir(), 'tessera-migrations-'));
const source = { plugin: 'testing', directory, after: [] };
let database: Awaited<ReturnType<typeof createTestDatabase>>;
let clients: Client[];

beforeAll(async () => {
  database = await createTestDatabase();
  clients = Array.from({ length: 4 }, () => new Client({ connectionString: database.url }));
  await Promise.all(clients.map((client) => client.connect()));
});
afterAll(async () => {
  await Promise.all(clients.map((client) => client.end()));
  await database.drop();
  rmSync(directory, { recursive: true });
});

function write(name: string, ...lines: string[]): void {
  writeFileSync(join(directory, name), ['-- Why: a test.', ...lines, ''].join('\n'));
}
const count = async (table: string) => (await clients[0]?.query(`SELECT count(*)::int AS n FROM ${table}`))?.rows[0].n;

test('of four that migrate at once one does it, and the others find it done', async () => {
  // Slow enough that without the lock all four would be inside at the same time.
  write('0001-made.sql', 'SELECT pg_sleep(0.3);', 'CREATE TABLE tessera.testing_once (id int);');
  write('0002-filled.sql', 'SELECT pg_sleep(0.3);', 'INSERT INTO tessera.testing_once VALUES (1);');
  const applied = await Promise.all(clients.map((client) => migrate(client, [source])));
  expect(applied.flat()).toEqual(['testing/0001-made.sql', 'testing/0002-filled.sql']);
  expect(applied.filter((names) => names.length > 0)).toHaveLength(1);
  expect(await count('tessera.testing_once')).toBe(1);
});

test.each(['before', 'after'])('a check %s that is not true names the file and undoes it', async (when) => {
  write(
    '0003-refused.sql',
    `-- check ${when}: (SELECT count(*) FROM tessera.testing_once) = 9`,
    'DELETE FROM tessera.testing_once;',
  );
  await expect(migrate(clients[0] as Client, [source])).rejects.toMatchObject({
    code: 'migration_failed',
    message: `Migration testing/0003-refused.sql: check ${when} failed: (SELECT count(*) FROM tessera.testing_once) = 9`,
  });
  expect(await count('tessera.testing_once')).toBe(1);
});

test('a check that comes to nothing is not true', async () => {
  write('0003-refused.sql', '-- check before: NULL', 'DELETE FROM tessera.testing_once;');
  await expect(migrate(clients[0] as Client, [source])).rejects.toThrow('check before failed: NULL');
});

test('after a failure the lock is free: the mended file is applied by whoever comes next', async () => {
  write(
    '0003-refused.sql',
    '-- check before: (SELECT count(*) FROM tessera.testing_once) = 1',
    'DELETE FROM tessera.testing_once;',
  );
  expect(await migrate(clients[1] as Client, [source])).toEqual(['testing/0003-refused.sql']);
  expect(await count('tessera.testing_once')).toBe(0);
});
