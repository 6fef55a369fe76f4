import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { parse } from 'yaml';
import type { DemoAccount } from '../launch/demo/demo-accounts';
import { findPostmaster } from '../launch/postmaster';
import { makeInstallation, runCommand, startLauncher, type Launcher } from './launcher';

// One installation through its life: each test goes on where the one before it ended.
const repository = resolve(__dirname, '../..');
const installation = makeInstallation();
const cluster = join(installation.directory, 'data/postgres/cluster');
const accountsFile = join(installation.directory, 'data/demo-accounts.json');
const secretsFile = join(installation.directory, '.env');
const modeOf = (file: string) => statSync(file).mode & 0o777;
const readAccounts = () => JSON.parse(readFileSync(accountsFile, 'utf8')) as DemoAccount[];

function logIn(launcher: Launcher, { email, password }: DemoAccount): Promise<Response> {
  return fetch(`${launcher.url}/admin/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
  });
}

async function signIn(launcher: Launcher, account: DemoAccount): Promise<number> {
  return (await logIn(launcher, account)).status;
}

/** As the owner. */
async function ask(path: string): Promise<Record<string, unknown>[]> {
  const owner = readAccounts().find(({ role }) => role === 'owner') as DemoAccount;
  const { data } = (await (await logIn(launcher, owner)).json()) as { data: { token: string } };
  const answer = await fetch(`${launcher.url}${path}`, { headers: { authorization: `Bearer ${data.token}` } });
  const body = await answer.text();
  expect([answer.status, body]).toEqual([200, expect.anything()]);
  return JSON.parse(body) as Record<string, unknown>[];
}

// Seven starts of a whole server: a busy machine needs its time.
jest.setTimeout(300_000);

let launcher: Launcher;
let secrets: string;
beforeAll(async () => {
  launcher = await startLauncher(installation.env);
  await launcher.ready();
});
afterAll(async () => {
  launcher.process.kill('SIGTERM');
  await launcher.exitCode();
  installation.remove();
});

describe('the first start', () => {
  test('makes secrets and demo accounts that only this user may read', () => {
    secrets = readFileSync(secretsFile, 'utf8');
    expect(secrets).toMatch(/^ADMIN_JWT_SECRET=\S{40,}$/m);
    expect([modeOf(secretsFile), modeOf(accountsFile)]).toEqual([0o600, 0o600]);
  });

  test('prints where to go and the accounts', () => {
    expect(launcher.output()).toContain(`Tessera is ready: ${launcher.url}`);
    for (const { email, password } of readAccounts()) {
      expect(launcher.output()).toMatch(new RegExp(`${email}\\s+${password}`));
    }
  });

  test('makes an account for every role template, and cashiers in different stores', () => {
    const directory = join(repository, 'config/roles');
    const templates = readdirSync(directory).map(
      (name) => (parse(readFileSync(join(directory, name), 'utf8')) as { code: string }).code,
    );
    const accounts = readAccounts();
    expect(new Set(accounts.map(({ role }) => role))).toEqual(new Set(templates));
    const cashiers = accounts.filter(({ role }) => role === 'cashier');
    expect(new Set(cashiers.map(({ stores }) => stores[0]?.storeId)).size).toBeGreaterThanOrEqual(2);
    for (const { pin, stores } of accounts) {
      expect(pin).toMatch(/^\d{6}$/);
      expect(stores.every(({ storeId, tillIds }) => storeId.length > 0 && tillIds.length > 0)).toBe(true);
    }
  });

  test('fills a shop that shows every kind of card and asks for a PIN', async () => {
    const kinds = (await ask('/api/backoffice/card-plans')).map(({ kind }) => kind);
    expect(new Set(kinds)).toEqual(new Set(['stored-value', 'sessions', 'time', 'package']));
    const pins = (await ask('/api/backoffice/stores')).map(({ paymentPinFrom }) => paymentPinFrom);
    expect(pins).toContain(100_000);
  });

  test('lets every account sign in', async () => {
    const statuses = [];
    for (const account of readAccounts()) statuses.push(await signIn(launcher, account));
    expect(statuses).toEqual(readAccounts().map(() => 200));
  });
});

describe('what cannot start', () => {
  test('a second launcher on the same data is refused and disturbs nothing', async () => {
    const second = await startLauncher(installation.env);
    expect(await second.exitCode()).toBe(1);
    expect(second.output()).toMatch(/^Tessera already runs on .*TESSERA_DATA_DIR to another folder\n$/);
    expect((await fetch(`${launcher.url}/_health`)).status).toBe(204);
  });

  test('a taken port is named, with what to do', async () => {
    const blocker = createServer().listen(0, '127.0.0.1');
    await new Promise((listening) => blocker.once('listening', listening));
    const { port } = blocker.address() as { port: number };
    const refused = await startLauncher({ ...installation.env, PORT: String(port) });
    expect(await refused.exitCode()).toBe(1);
    expect(refused.output()).toBe(
      `Port ${port} is taken: stop the program that uses it, or choose another: PORT=${port + 1} npm start\n`,
    );
    blocker.close();
  });

  test.each([
    ['a port that is none', { PORT: 'http' }, /^PORT is "http": set it to a number from 1 to 65535\n$/],
    [
      'a server that does not answer',
      { DATABASE_URL: 'postgres://till:secret@127.0.0.1:1/shop' },
      /^No PostgreSQL answers at DATABASE_URL \(till@127\.0\.0\.1:1\/shop\): .+\n$/,
    ],
    [
      'an address that is no URL',
      { DATABASE_URL: 'postgres://till:secret@:1:2/shop' },
      /^PostgreSQL at DATABASE_URL .+ cannot be reached .+\n$/,
    ],
  ])('%s is refused in one line that shows no password', async (_what, env, line) => {
    const refused = await startLauncher({ ...installation.env, ...env });
    expect(await refused.exitCode()).toBe(1);
    expect(refused.output()).toMatch(line);
    expect(refused.output()).not.toContain('secret');
  });

  test('a wrong password and a database that is not there are told apart', async () => {
    const wrongPassword = new URL(process.env.TESSERA_TEST_SERVER ?? '');
    wrongPassword.password = 'wrong';
    const noDatabase = new URL(process.env.TESSERA_TEST_SERVER ?? '');
    noDatabase.pathname = '/nowhere';
    const [first, second] = await Promise.all(
      [wrongPassword, noDatabase].map((url) => startLauncher({ ...installation.env, DATABASE_URL: url.toString() })),
    );
    expect(await Promise.all([first?.exitCode(), second?.exitCode()])).toEqual([1, 1]);
    expect(first?.output()).toMatch(/refuses the user or password/);
    expect(second?.output()).toMatch(/does not exist: create it/);
  });

  test('an old Node is refused before anything else is read', async () => {
    const old = `data:text/javascript,Object.defineProperty(process.versions,'node',{value:'18.20.4'})`;
    const refused = promisify(execFile)(process.execPath, ['--import', old, 'cms/launch/start.mjs'], {
      cwd: repository,
    });
    await expect(refused).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^Tessera needs Node 20\.19.+\n$/),
    });
  });
});

describe('npm run import beside the running server', () => {
  const file = join(installation.directory, 'two-invoices.csv');
  const sales = [
    'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country',
    '990001,85123A,WHITE HANGING HEART T-LIGHT HOLDER,6,2011-12-12 08:26:00,2.55,17850.0,United Kingdom',
    '990002,71053,WHITE METAL LANTERN,2,2011-12-12 09:00:00,3.39,17850.0,United Kingdom',
  ];
  const importIt = () => runCommand('import', [file, '--profile', 'online-retail'], installation.env);

  test('books into the same database, and the server shows it at once', async () => {
    writeFileSync(file, sales.join('\n'));
    const { code, output } = await importIt();
    expect({ code, output }).toMatchObject({ code: 0, output: expect.stringMatching(/Sales booked +2\n/) });
    expect(output).toContain('reconciles exactly');
    const runs = await ask('/api/imports/runs');
    expect(runs.filter(({ status }) => status === 'done').map(({ fileName }) => fileName)).toContain(
      'two-invoices.csv',
    );
  });

  test('again it changes nothing, and the server is still there', async () => {
    const { code, output } = await importIt();
    expect(code).toBe(0);
    expect(output).toContain('Everything in it had been imported before: nothing was changed.');
    expect((await fetch(`${launcher.url}/_health`)).status).toBe(204);
    expect(findPostmaster(cluster)).not.toBeNull();
  });
});

describe('stopping and starting again', () => {
  test('SIGTERM ends with 0 and takes PostgreSQL along', async () => {
    expect(await launcher.end('SIGTERM')).toBe(0);
    expect(findPostmaster(cluster)).toBeNull();
  });

  test('the second start serves again and leaves secrets and accounts alone', async () => {
    const accounts = readFileSync(accountsFile, 'utf8');
    launcher = await startLauncher(installation.env);
    await launcher.ready();
    expect(readFileSync(secretsFile, 'utf8')).toBe(secrets);
    expect(readFileSync(accountsFile, 'utf8')).toBe(accounts);
  });

  test('after kill -9 the next start takes over the database that went on running', async () => {
    await launcher.end('SIGKILL');
    const orphan = findPostmaster(cluster);
    expect(orphan).not.toBeNull();
    launcher = await startLauncher(installation.env);
    await launcher.ready();
    expect(findPostmaster(cluster)?.pid).toBe(orphan?.pid);
    expect(await signIn(launcher, readAccounts()[0] as DemoAccount)).toBe(200);
  });

  test('after kill -9 of both, PostgreSQL recovers', async () => {
    const postmaster = findPostmaster(cluster);
    await launcher.end('SIGKILL');
    process.kill(postmaster?.pid as number, 'SIGKILL');
    launcher = await startLauncher(installation.env);
    await launcher.ready();
    expect(await signIn(launcher, readAccounts()[0] as DemoAccount)).toBe(200);
  });

  test('Ctrl-C during the start ends with 0 and leaves no database running', async () => {
    await launcher.end('SIGTERM');
    launcher = await startLauncher(installation.env);
    while (findPostmaster(cluster) === null) await new Promise((soon) => setTimeout(soon, 20));
    expect(await launcher.end('SIGINT')).toBe(0);
    expect(findPostmaster(cluster)).toBeNull();
  });
});
