import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Core } from '@strapi/strapi';
import supertest from 'supertest';
import { createBuilders, type Builders } from './builders';
import { repository, strapiEnvironment } from './strapi-environment';
import { runSql } from './test-server';

declare global {
  /** From warm-strapi.cjs. */
  var createStrapi: (environment: Record<string, string>, options: { appDir: string; distDir: string }) => Core.Strapi;
}

type Agent = ReturnType<typeof supertest.agent>;

/** A booted server on a database of its own. Boot once per test file: it takes seconds. */
export interface Tessera extends Builders {
  strapi: Core.Strapi;
  /** Where it listens, e.g. `http://127.0.0.1:40123`. */
  url: string;
  databaseUrl: string;
  /** supertest without a session. */
  request: ReturnType<typeof supertest>;
  /** supertest with this access token on every request. */
  as(token: string): Agent;
  /** Signs a person in and returns the access token; `signIn('cashier', { store })` makes the person first. */
  signIn(role: string, options?: { store?: string }): Promise<string>;
  /** Signs in somebody that `makeStaff` made. */
  signInAs(person: { email: string; password: string }): Promise<string>;
  close(): Promise<void>;
}

interface TestDatabase {
  url: string;
  drop(): Promise<void>;
}

/** Copies the template of this run into a fresh database. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const { TESSERA_TEST_SERVER: server, TESSERA_TEST_TEMPLATE: template } = process.env;
  if (!server || !template) throw new Error('No test server: run this file in the jest project "feature" or "browser"');
  const name = template.replace(/template$/, randomBytes(6).toString('hex'));
  await runSql(server, `CREATE DATABASE ${name} TEMPLATE ${template}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return {
    url: url.toString(),
    drop: async () => void (await runSql(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)),
  };
}

async function bootStrapi(databaseUrl: string): Promise<Core.Strapi> {
  const strapi = globalThis.createStrapi(strapiEnvironment(databaseUrl), {
    appDir: join(repository, 'cms'),
    distDir: join(repository, 'cms/dist'),
  });
  await strapi.load();
  await new Promise<void>((listening) => strapi.server.listen(0, '127.0.0.1', () => listening()));
  return strapi;
}

/** Boots Strapi with every plugin, as `npm start` does, on a copy of the migrated, empty database, or on the one given. */
export async function bootTessera(given?: TestDatabase): Promise<Tessera> {
  const database = given ?? (await createTestDatabase());
  const strapi = await bootStrapi(database.url);
  const { port } = strapi.server.httpServer.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  const request = supertest(url);
  const builders = createBuilders(strapi);

  async function signInAs(person: { email: string; password: string }): Promise<string> {
    const { email, password } = person;
    const response = await request.post('/admin/login').send({ email, password });
    if (response.status !== 200) throw new Error(`${email} cannot sign in: ${response.status} ${response.text}`);
    return (response.body as { data: { token: string } }).data.token;
  }

  return {
    ...builders,
    strapi,
    url,
    databaseUrl: database.url,
    request,
    as: (token) => supertest.agent(url).set('authorization', `Bearer ${token}`) as unknown as Agent,
    signIn: async (role, { store } = {}) => signInAs(await builders.makeStaff({ role, store })),
    signInAs,
    async close() {
      await strapi.destroy();
      await database.drop();
    },
  };
}
