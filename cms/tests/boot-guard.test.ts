import { execFile } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createTestDatabase } from '../../config/presets/testing';
import { strapiEnvironment } from '../../config/presets/testing/strapi-environment';
import { runSql } from '../../config/presets/testing/test-server';

const repository = resolve(__dirname, '../..');
const BOOT = `
process.on('unhandledRejection', (error) => { console.error(error); process.exit(1); });
const { createStrapi } = require('@strapi/strapi');
createStrapi({ appDir: process.argv[1], distDir: process.argv[1] + '/dist' }).load()
  .then((strapi) => strapi.destroy()).then(() => process.exit(0), (error) => { console.error(error.message); process.exit(1); });`;

/** A copy of the application that a test may damage, on the real packages and settings. */
function copyApplication(): { app: string; remove(): void } {
  const house = mkdtempSync(join(tmpdir(), 'tessera-house-'));
  chmodSync(house, 0o711);
  const app = join(house, 'cms');
  for (const part of ['package.json', 'dist/config', 'dist/launch', 'dist/src', 'src/store', 'public']) {
    cpSync(join(repository, 'cms', part), join(app, part), { recursive: true });
  }
  mkdirSync(join(house, 'admin'));
  for (const part of ['node_modules', 'config']) symlinkSync(join(repository, part), join(house, part));
  return { app, remove: () => rmSync(house, { recursive: true, force: true }) };
}

function boot(app: string, databaseUrl: string): Promise<{ isUp: boolean; output: string }> {
  const options = { cwd: repository, env: { ...process.env, ...strapiEnvironment(databaseUrl) } };
  return new Promise((done) => {
    execFile(process.execPath, ['-e', BOOT, app], options, (error, stdout, stderr) =>
      done({ isUp: error === null, output: stdout + stderr }),
    );
  });
}

function change(file: string, edit: (content: Record<string, Record<string, unknown>>) => void): void {
  const content = JSON.parse(readFileSync(file, 'utf8')) as Record<string, Record<string, unknown>>;
  edit(content);
  writeFileSync(file, JSON.stringify(content));
}

async function tablesOf(databaseUrl: string): Promise<string[]> {
  const rows = await runSql<{ name: string }>(
    databaseUrl,
    `SELECT schemaname || '.' || tablename AS name FROM pg_tables WHERE schemaname IN ('public', 'tessera') ORDER BY 1`,
  );
  return rows.map(({ name }) => name);
}

let house: ReturnType<typeof copyApplication>;
let database: Awaited<ReturnType<typeof createTestDatabase>>;
beforeEach(async () => {
  house = copyApplication();
  database = await createTestDatabase();
});
afterEach(async () => {
  house.remove();
  await database.drop();
});

test('a plugin that is not there stops the start, is named, and loses no table', async () => {
  const before = await tablesOf(database.url);
  change(join(house.app, 'package.json'), ({ dependencies }) => void delete dependencies!['@tessera/imports']);
  const { isUp, output } = await boot(house.app, database.url);
  expect(isUp).toBe(false);
  expect(output).toContain('plugin "imports" is missing: build it with `npx tsc -b`');
  expect(await tablesOf(database.url)).toEqual(before);
});

test('a deleted core attribute stops the start, is named, and loses no column', async () => {
  const schema = join(house.app, 'dist/src/api/member/content-types/member/schema.json');
  change(schema, ({ attributes }) => void delete attributes!['phone']);
  const { isUp, output } = await boot(house.app, database.url);
  expect(isUp).toBe(false);
  expect(output).toContain('attribute "phone" of "api::member.member" is missing');
  await expect(runSql(database.url, 'SELECT phone FROM members')).resolves.toEqual([]);
});

test('schema sync drops neither a table of ours nor one it does not know', async () => {
  await runSql(database.url, 'CREATE TABLE public.of_somebody_else (id int)');
  const before = await tablesOf(database.url);
  const { isUp, output } = await boot(house.app, database.url);
  expect({ isUp, output }).toMatchObject({ isUp: true });
  expect(await tablesOf(database.url)).toEqual(before);
});

test('a migration that was edited after it was applied stops the start and is named', async () => {
  await runSql(database.url, `UPDATE tessera.migration SET checksum = 'other' WHERE plugin = 'ledger'`);
  const { isUp, output } = await boot(house.app, database.url);
  expect(isUp).toBe(false);
  expect(output).toMatch(/Migration ledger\/\d{4}-[\w-]+\.sql: the file changed after it was applied; restore it/);
});

test.each(['before', 'after'])(
  'a migration whose check %s fails stops the start, is named, and leaves nothing',
  async (when) => {
    const text = `-- Why: a test.\n-- check ${when}: (SELECT count(*) = 7 FROM tessera.journal)\nCREATE TABLE tessera.of_the_test (id int);\n`;
    writeFileSync(join(house.app, 'src/store/migrations/9999-of-the-test.sql'), text);
    const before = await tablesOf(database.url);
    const { isUp, output } = await boot(house.app, database.url);
    expect(isUp).toBe(false);
    expect(output).toContain(
      `Migration cms/9999-of-the-test.sql: check ${when} failed: (SELECT count(*) = 7 FROM tessera.journal)`,
    );
    expect(await tablesOf(database.url)).toEqual(before);
  },
);
