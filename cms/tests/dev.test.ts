import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../launch/embedded-postgres';
import { findPostmaster } from '../launch/postmaster';
import { makeInstallation } from './launcher';

const repository = resolve(__dirname, '../..');
const NOT_COPIED = /^(node_modules|\.git|\.data|\.cache|\.tmp|\.env|artifacts|coverage|e2e|tests)$/;

/** A clone that may be changed: sources and compiled code are copies, packages are links, ours point to the copies. */
function makeClone(directory: string): string {
  const clone = join(directory, 'clone');
  cpSync(repository, clone, {
    recursive: true,
    preserveTimestamps: true,
    filter: (path) => !NOT_COPIED.test(path.slice(repository.length).split('/').at(-1) ?? ''),
  });
  const packages = join(repository, 'node_modules');
  mkdirSync(join(clone, 'node_modules/@tessera'), { recursive: true });
  for (const name of readdirSync(packages)) {
    if (name !== '@tessera') symlinkSync(join(packages, name), join(clone, 'node_modules', name));
  }
  for (const name of readdirSync(join(packages, '@tessera'))) {
    const target = realpathSync(join(packages, '@tessera', name)).slice(repository.length + 1);
    symlinkSync(join(clone, target), join(clone, 'node_modules/@tessera', name));
  }
  return realpathSync(clone);
}

const installation = makeInstallation();
const clone = makeClone(installation.directory);
const cluster = join(installation.directory, 'data/postgres/cluster');
const source = join(clone, 'plugins/imports/src/index.ts');
const unchanged = readFileSync(source, 'utf8');

let developing: ChildProcess;
let ended: Promise<number | null>;
let output = '';
let serverUrl: string;

async function until(what: string, isTrue: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 90_000;
  while (!(await isTrue())) {
    if (performance.now() > deadline || developing.exitCode !== null) throw new Error(`${what} never came:\n${output}`);
    await sleep(100);
  }
}
const answers = (url: string): Promise<number> =>
  fetch(url).then(
    ({ status }) => status,
    () => 0,
  );
const isHealthy = async () => (await answers(`${serverUrl}/_health`)) === 204;
/** What was printed since now. */
function listen(): () => string {
  const from = output.length;
  return () => output.slice(from);
}

jest.setTimeout(600_000);

beforeAll(async () => {
  const port = String(await freePort());
  serverUrl = `http://127.0.0.1:${port}`;
  const { PATH, HOME } = process.env;
  developing = spawn(process.execPath, ['-e', `import('./cms/launch/dev.mjs').then(({ main }) => main())`], {
    cwd: clone,
    // The packages are links: without this they would find our plugins beside themselves, not in the clone.
    env: {
      PATH,
      HOME,
      NO_COLOR: '1',
      NODE_OPTIONS: '--preserve-symlinks --preserve-symlinks-main',
      ...installation.env,
      PORT: port,
      TESSERA_DEMO: '0',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  developing.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  developing.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  ended = new Promise((done) => developing.on('close', done));
  await until('The server', isHealthy);
});
afterAll(async () => {
  developing.kill('SIGTERM');
  await ended;
  installation.remove();
});

test('the panel comes from its sources and reaches the server', async () => {
  const url = () => /Local:\s+(http:\/\/[^/\s]+)/.exec(output)?.[1];
  await until('The panel', () => url() !== undefined);
  expect(await (await fetch(`${url()}/`)).text()).toContain('/@vite/client');
  expect(await answers(`${url()}/api/access/me`)).toBe(401);
});

test('a changed plugin is served after a restart', async () => {
  const printed = listen();
  writeFileSync(source, `${unchanged}\nconsole.log('the change is loaded');\n`);
  await until('The change', async () => printed().includes('the change is loaded') && (await isHealthy()));
});

test('a type error is shown, and the server goes on as it was', async () => {
  const printed = listen();
  writeFileSync(source, `${unchanged}\nexport const wrong: number = 'text';\n`);
  await until('The complaint', () => printed().includes('until the errors above are mended'));
  expect(printed()).toContain('TS2322');
  expect(await isHealthy()).toBe(true);
});

test('a server that cannot start is reported, and the next change starts it again', async () => {
  const printed = listen();
  writeFileSync(source, `${unchanged}\nthrow new Error('broken on purpose');\n`);
  await until('The report', () => printed().includes('the next change starts it again'));
  expect(printed()).toContain('broken on purpose');
  expect(await isHealthy()).toBe(false);
  writeFileSync(source, unchanged);
  await until('The server', isHealthy);
});

test('SIGTERM ends all that was started', async () => {
  developing.kill('SIGTERM');
  expect(await ended).toBe(0);
  expect(findPostmaster(cluster)).toBeNull();
  const commands = execFileSync('ps', ['-eo', 'args='], { encoding: 'utf8' }).split('\n');
  expect(commands.filter((command) => command.includes(installation.directory))).toEqual([]);
});
