import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { repository, strapiEnvironment } from './strapi-environment';
import { runSql, startTestServer, type TestServer } from './test-server';

declare global {
  var testServer: TestServer | undefined;
}

const BOOT_ONCE = `
const { createStrapi } = require('@strapi/strapi');
createStrapi({ appDir: 'cms', distDir: 'cms/dist' }).load().then((strapi) => strapi.destroy()).then(() => process.exit(0));
process.on('unhandledRejection', (error) => { console.error(error); process.exit(1); });`;

/** Syncs the schema, runs the migrations and the role templates once; every test file then copies the result. */
async function makeTemplate(server: TestServer): Promise<string> {
  const template = `${server.prefix}_template`;
  await runSql(server.url('postgres'), `CREATE DATABASE ${template}`);
  await promisify(execFile)(process.execPath, ['-e', BOOT_ONCE], {
    cwd: repository,
    env: { ...process.env, ...strapiEnvironment(server.url(template)) },
  });
  return template;
}

/** Once per jest run, for the tests that need a database. */
export default async function globalSetup(): Promise<void> {
  if (!existsSync(join(repository, 'cms/dist/config/database.js'))) {
    throw new Error('The server is not built: run `npm run build:server` first');
  }
  const server = await startTestServer();
  globalThis.testServer = server;
  process.env.TESSERA_TEST_SERVER = server.url('postgres');
  process.env.TESSERA_TEST_TEMPLATE = await makeTemplate(server);
}
