import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createStrapi, type Core } from '@strapi/strapi';
import { kernel } from '@tessera/kernel/public';
import { toPortError } from './free-port';
import type { LaunchSettings } from './settings';

/** Requests that are under way get this long to finish before their connections are cut. */
const DRAIN_MS = 5_000;

/** Strapi answers signals by ending the process at once, before the database below it was stopped. */
function createWithoutSignals(root: string): Core.Strapi {
  const signals = ['SIGINT', 'SIGTERM'] as const;
  const ours = new Map(signals.map((signal) => [signal, new Set(process.listeners(signal))]));
  const strapi = createStrapi({ appDir: join(root, 'cms'), distDir: join(root, 'cms/dist') });
  for (const signal of signals) {
    const added = process.listeners(signal).filter((listener) => !ours.get(signal)?.has(listener));
    added.forEach((listener) => process.off(signal, listener));
  }
  return strapi;
}

/** Loads Strapi with every plugin: schema, migrations, roles. Nothing is served yet. */
export async function loadStrapi({ root }: LaunchSettings): Promise<Core.Strapi> {
  return createWithoutSignals(root).load();
}

/** Serves, and takes its part of the jobs. @returns the port it listens on. @throws StartupError when the port was lost meanwhile */
export async function listen(strapi: Core.Strapi, { host, port }: LaunchSettings): Promise<number> {
  const { httpServer } = strapi.server;
  // Strapi's own listener would end the process with a stack trace.
  httpServer.removeAllListeners('error');
  await new Promise<void>((listening, failed) => {
    httpServer.once('error', (error) => failed(toPortError(host, port, error)));
    strapi.server.listen(port, host, () => listening());
  });
  httpServer.on('error', (error) => strapi.log.error(error));
  kernel(strapi).jobs.start();
  return (httpServer.address() as AddressInfo).port;
}

/** Accepts nothing new, lets running requests finish, then ends Strapi and its connections. */
export async function stopServing(strapi: Core.Strapi): Promise<void> {
  const { httpServer } = strapi.server;
  if (httpServer.listening) {
    const closed = new Promise<void>((done) => httpServer.close(() => done()));
    const sweep = setInterval(() => httpServer.closeIdleConnections(), 100);
    await Promise.race([closed, sleep(DRAIN_MS, undefined, { ref: false })]);
    clearInterval(sweep);
  }
  await strapi.destroy();
}
