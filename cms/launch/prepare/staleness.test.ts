import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A house with one file of every sort; `prepare` takes its own place as the root. */
const FILES = [
  ...['package-lock.json', 'tsconfig.json', 'config/presets/tsconfig.base.json', 'config/roles/cashier.yaml'],
  ...['cms/package.json', 'cms/tsconfig.json', 'cms/config/admin.ts', 'cms/src/index.ts', 'cms/launch/main.ts'],
  ...['cms/src/admin/app.tsx', 'cms/tests/boot.test.ts', 'admin/package.json', 'admin/index.html', 'admin/src/app.tsx'],
  ...['admin/src/app.test.tsx', 'admin/vite.config.ts', 'plugins/one/package.json', 'plugins/one/tsconfig.json'],
  ...['plugins/one/src/index.ts', 'plugins/one/src/contracts.ts', 'plugins/one/src/domain/rule.ts'],
  ...['plugins/one/src/domain/rule.test.ts', 'plugins/one/src/store/migrations/0001-x.sql'],
  ...['plugins/one/tests/x.test.ts', 'README.md'],
];

const root = realpathSync(mkdtempSync(join(tmpdir(), 'tessera-house-')));
beforeAll(() => {
  for (const file of FILES) write(file, file);
  cpSync(__dirname, join(root, 'cms/launch/prepare'), { recursive: true });
});
afterAll(() => rmSync(root, { recursive: true }));

function write(file: string, text: string): void {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
}

function hashes(): Record<string, string> {
  const script = `import { STEPS } from './cms/launch/prepare/build-steps.mjs';
    console.log(JSON.stringify(Object.fromEntries(STEPS.map((step) => [step.name, step.hash()]))));`;
  const printed = execFileSync(process.execPath, ['--input-type=module', '-e', script], {
    cwd: root,
    encoding: 'utf8',
  });
  return JSON.parse(printed) as Record<string, string>;
}

/** Names of the parts that a change makes stale. */
function staleAfter(change: () => void): string[] {
  const before = hashes();
  change();
  const after = hashes();
  return Object.keys(before).filter((name) => before[name] !== after[name]);
}

test.each([
  ['package-lock.json', ['server', 'panel', 'strapi-admin']],
  ['cms/package.json', ['server', 'strapi-admin']],
  ['cms/config/admin.ts', ['server', 'strapi-admin']],
  ['cms/src/admin/app.tsx', ['server', 'strapi-admin']],
  ['cms/src/index.ts', ['server']],
  ['cms/launch/main.ts', ['server']],
  ['config/presets/tsconfig.base.json', ['server']],
  ['plugins/one/src/index.ts', ['server']],
  ['plugins/one/tsconfig.json', ['server']],
  ['plugins/one/src/contracts.ts', ['server', 'panel']],
  ['plugins/one/src/domain/rule.ts', ['server', 'panel']],
  ['admin/src/app.tsx', ['panel']],
  ['admin/vite.config.ts', ['panel']],
])('a change of %s makes stale: %j', (file, stale) => {
  expect(staleAfter(() => write(file, 'changed'))).toEqual(stale);
});

test.each([
  'plugins/one/src/domain/rule.test.ts',
  'plugins/one/tests/x.test.ts',
  'admin/src/app.test.tsx',
  'cms/tests/boot.test.ts',
  'README.md',
  'config/roles/cashier.yaml',
])('a change of %s makes nothing stale', (file) => expect(staleAfter(() => write(file, 'changed'))).toEqual([]));

test('a new file, a renamed one and a deleted one each make their part stale', () => {
  expect(staleAfter(() => write('plugins/one/src/services/new.ts', 'x'))).toEqual(['server']);
  expect(
    staleAfter(() => {
      rmSync(join(root, 'plugins/one/src/services/new.ts'));
      write('plugins/one/src/services/newer.ts', 'x');
    }),
  ).toEqual(['server']);
  expect(staleAfter(() => rmSync(join(root, 'plugins/one/src/services/newer.ts')))).toEqual(['server']);
});

test('a new time without a new content, as a checkout gives it, makes nothing stale', () => {
  expect(staleAfter(() => utimesSync(join(root, 'cms/src/index.ts'), new Date(), new Date()))).toEqual([]);
});

/** Runs the preparing of one part, whose command only leaves a mark. @returns whether it was built */
function prepareServer(): boolean {
  const script = `import { STEPS } from './cms/launch/prepare/build-steps.mjs';
    const server = STEPS.find(({ name }) => name === 'server');
    const { build } = await import('./cms/launch/prepare/prepare.mjs');
    server.command = [process.execPath, '-e', 'for (const file of ' + JSON.stringify(server.outputs()) +
      ') { const fs = require("fs"); fs.mkdirSync(require("path").dirname(file), { recursive: true }); fs.writeFileSync(file, ""); }'];
    await build(server);`;
  const printed = execFileSync(process.execPath, ['--input-type=module', '-e', script], {
    cwd: root,
    encoding: 'utf8',
  });
  return printed.includes('Building the server');
}

test('a part is built once, and again when its result is gone or its stamp is dropped', () => {
  expect([prepareServer(), prepareServer()]).toEqual([true, false]);
  rmSync(join(root, 'plugins/one/dist/.tsbuildinfo'));
  expect([prepareServer(), prepareServer()]).toEqual([true, false]);
  const stamps = JSON.parse(readFileSync(join(root, '.cache/built.json'), 'utf8')) as object;
  write('.cache/built.json', JSON.stringify({ ...stamps, server: undefined }));
  expect([prepareServer(), prepareServer()]).toEqual([true, false]);
});
