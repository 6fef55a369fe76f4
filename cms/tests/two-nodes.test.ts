import { randomBytes } from 'node:crypto';
import { runSql } from '../../config/presets/testing/test-server';
import { makeInstallation, startLauncher, type Launcher } from './launcher';

jest.setTimeout(300_000);

const installation = makeInstallation();
const server = process.env.TESSERA_TEST_SERVER ?? '';
const name = `tessera_nodes_${randomBytes(4).toString('hex')}`;
const url = new URL(server);
url.pathname = `/${name}`;

const env = {
  ...installation.env,
  DATABASE_URL: url.toString(),
  APP_KEYS: 'for-tests-only-1,for-tests-only-2',
  ADMIN_JWT_SECRET: 'for-tests-only',
  API_TOKEN_SALT: 'for-tests-only',
  TRANSFER_TOKEN_SALT: 'for-tests-only',
  ENCRYPTION_KEY: 'for-tests-only-for-tests-only-32',
};

let nodes: Launcher[];
beforeAll(async () => {
  await runSql(server, `CREATE DATABASE ${name}`);
  nodes = await Promise.all([startLauncher(env), startLauncher(env)]);
  await Promise.all(nodes.map((node) => node.ready()));
});
afterAll(async () => {
  await Promise.all(nodes.map((node) => node.end('SIGTERM')));
  await runSql(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  installation.remove();
});

test('two nodes that start at once on an empty database both serve', () => {
  expect(nodes.map((node) => node.process.exitCode)).toEqual([null, null]);
});

test('every migration ran once', async () => {
  const rows = await runSql<{ runs: number }>(
    url.toString(),
    `SELECT count(*)::int AS runs FROM tessera.migration GROUP BY plugin, name`,
  );
  expect(rows.length).toBeGreaterThanOrEqual(5);
  expect(rows.every(({ runs }) => runs === 1)).toBe(true);
});

test('the demo store was made by one of them', async () => {
  expect(nodes.filter((node) => node.output().includes('Demo store: stores'))).toHaveLength(1);
  const [found] = await runSql<{ stores: number; staff: number }>(
    url.toString(),
    `SELECT (SELECT count(*)::int FROM stores WHERE code IN ('JA', 'HQ', 'UR')) AS stores,
            (SELECT count(*)::int FROM admin_users) AS staff`,
  );
  expect(found).toEqual({ stores: 3, staff: 11 });
});
