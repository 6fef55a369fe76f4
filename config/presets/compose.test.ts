import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

const root = resolve(__dirname, '../..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');

const duration = z.string().regex(/^\d+(ms|s|m|h)$/);
/** An exact version, never `latest`, a bare major or a moving minor. */
const pinned = z.string().regex(/^[a-z][a-z0-9./-]*:\d+\.\d+(\.\d+)?(-[a-z0-9]+)?$/);

/** The part of the Compose specification that we use; a misspelt key is an error. */
const serviceSchema = z.strictObject({
  image: pinned,
  build: z.string().optional(),
  restart: z.literal('unless-stopped'),
  init: z.boolean().optional(),
  depends_on: z.record(z.string(), z.strictObject({ condition: z.literal('service_healthy') })).optional(),
  environment: z.record(z.string().regex(/^[A-Z_]+$/), z.string()),
  ports: z.array(z.string().regex(/^\d+:\d+$/)).optional(),
  volumes: z.array(z.string().regex(/^\S+:\/\S+$/)).min(1),
  networks: z.array(z.string()).min(1),
  healthcheck: z.strictObject({
    test: z.tuple([z.literal('CMD'), z.string()], z.string()),
    interval: duration,
    timeout: duration,
    retries: z.int().min(1),
    start_period: duration.optional(),
  }),
  stop_grace_period: duration.optional(),
});
const composeSchema = z.strictObject({
  name: z.string(),
  services: z.record(z.string(), serviceSchema),
  networks: z.record(z.string(), z.strictObject({ internal: z.boolean() }).nullable()),
  volumes: z.record(z.string(), z.null()),
});

const compose = composeSchema.parse(parse(read('docker-compose.yml')));
const services = Object.entries(compose.services);

test('there are database, app and reverse proxy', () => {
  expect(Object.keys(compose.services)).toEqual(['database', 'app', 'proxy']);
});

test('every network, named volume and dependency is declared', () => {
  for (const [, service] of services) {
    expect(Object.keys(compose.networks)).toEqual(expect.arrayContaining(service.networks));
    const named = service.volumes.map((volume) => volume.split(':')[0] as string).filter((name) => /^\w+$/.test(name));
    expect(Object.keys(compose.volumes)).toEqual(expect.arrayContaining(named));
    expect(Object.keys(compose.services)).toEqual(expect.arrayContaining(Object.keys(service.depends_on ?? {})));
  }
});

test('a secret comes from the environment and has no default', () => {
  const secret = /PASSWORD|SECRET|SALT|KEYS?$|DATABASE_URL/;
  const values = services.flatMap(([, { environment }]) =>
    Object.entries(environment).filter(([name]) => secret.test(name)),
  );
  expect(values.length).toBeGreaterThanOrEqual(7);
  for (const [, value] of values) {
    expect(value).toMatch(/\$\{[A-Z_]+:\?[^}]+\}/);
    expect(value).not.toContain(':-');
  }
});

test('only the proxy can be reached from outside, and it cannot reach the database', () => {
  expect(services.filter(([, { ports }]) => ports).map(([name]) => name)).toEqual(['proxy']);
  const { database, proxy } = compose.services;
  expect(database?.networks.filter((network) => proxy?.networks.includes(network))).toEqual([]);
  expect(compose.networks.inside).toEqual({ internal: true });
});

test('the app gets every secret that a first start would otherwise make for itself', () => {
  const made = [...read('cms/launch/secrets.ts').matchAll(/^ {2}([A-Z_]+): /gm)].map((match) => match[1] as string);
  expect(made.length).toBeGreaterThan(0);
  expect(Object.keys(compose.services.app?.environment ?? {})).toEqual(expect.arrayContaining(made));
});

test('the image is built on an exact version and runs as nobody in particular', () => {
  const lines = read('Dockerfile').split('\n');
  expect(lines.filter((line) => line.startsWith('FROM ')).map((line) => line.slice(5))).toEqual([
    expect.stringMatching(/^node:20\.\d+\.\d+-bookworm-slim$/),
  ]);
  expect(lines).toContain('USER node');
});
