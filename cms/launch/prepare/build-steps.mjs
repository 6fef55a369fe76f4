import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { contentHash } from './content-hash.mjs';
import { ROOT } from './root.mjs';

const PLUGINS = readdirSync(join(ROOT, 'plugins')).filter((name) =>
  existsSync(join(ROOT, 'plugins', name, 'package.json')),
);
const below = (folder) => PLUGINS.map((name) => `plugins/${name}/${folder}`);
const program = (path) => [process.execPath, join(ROOT, 'node_modules', path)];
const REMEDY = 'mend what is named above, then start again';

/** The build reads the settings but opens nothing: no secret of this installation may end up in the bundle. */
const NO_SECRETS = {
  NODE_ENV: 'production',
  DATABASE_URL: 'postgres://nobody@127.0.0.1/none',
  STRAPI_TELEMETRY_DISABLED: 'true',
  ...Object.fromEntries(
    ['APP_KEYS', 'ADMIN_JWT_SECRET', 'API_TOKEN_SALT', 'TRANSFER_TOKEN_SALT', 'ENCRYPTION_KEY'].map((name) => [
      name,
      'not-used-by-the-build',
    ]),
  ),
};

/** In building order. A part is built again when the content of what it is made from changed, or its result is gone. */
export const STEPS = [
  {
    name: 'server',
    label: 'Building the server',
    command: [...program('typescript/bin/tsc'), '-b'],
    remedy: REMEDY,
    isWanted: () => true,
    hash: () =>
      contentHash(ROOT, [
        ...['package-lock.json', 'tsconfig.json', 'config/presets/tsconfig.base.json'],
        ...['cms/tsconfig.json', 'cms/package.json', 'cms/config', 'cms/src', 'cms/launch'],
        ...below('src'),
        ...below('tsconfig.json'),
        ...below('package.json'),
      ]),
    outputs: () => ['cms/dist/.tsbuildinfo', 'cms/dist/launch/main.js', ...below('dist/.tsbuildinfo')],
    // What a deleted source left behind would still be loaded. Strapi's own panel lies in cms/dist/build and stays.
    clean() {
      for (const name of ['src', 'config', 'launch', 'types', '.tsbuildinfo']) {
        rmSync(join(ROOT, 'cms/dist', name), { recursive: true, force: true });
      }
      for (const dist of below('dist')) rmSync(join(ROOT, dist), { recursive: true, force: true });
    },
  },
  {
    name: 'panel',
    label: 'Building the panel',
    command: [...program('vite/bin/vite.js'), 'build'],
    cwd: join(ROOT, 'admin'),
    env: { NODE_ENV: 'production' },
    remedy: REMEDY,
    isWanted: () => existsSync(join(ROOT, 'admin/index.html')),
    hash: () =>
      contentHash(ROOT, [
        ...['package-lock.json', 'admin/package.json', 'admin/index.html', 'admin/vite.config.ts'],
        ...['admin/tsconfig.json', 'admin/public', 'admin/src'],
        ...below('src/contracts.ts'),
        ...below('src/domain'),
      ]),
    outputs: () => ['admin/dist/index.html'],
  },
  {
    name: 'strapi-admin',
    label: "Building Strapi's own admin (about a minute)",
    command: [...program('@strapi/strapi/bin/strapi.js'), 'build'],
    cwd: join(ROOT, 'cms'),
    env: NO_SECRETS,
    remedy: REMEDY,
    isWanted: () => true,
    hash: () => contentHash(ROOT, ['package-lock.json', 'cms/package.json', 'cms/src/admin', 'cms/config/admin.ts']),
    outputs: () => ['cms/dist/build/index.html'],
  },
];
