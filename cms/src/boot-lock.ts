import type { Core } from '@strapi/strapi';
import { kernel } from '@tessera/kernel/public';

/** Any number that every node agrees on, and no other lock of ours uses. */
const BOOT_LOCK = 7_357_003;

/**
 * Strapi's schema sync and its first roles know no other node: two that start together on an empty database both create the
 * same tables. So nodes boot one after the other. PostgreSQL frees the lock of a node that dies while it holds it.
 * @returns a function that lets the next one in
 */
export async function lockBoot(strapi: Core.Strapi): Promise<() => Promise<void>> {
  const client = await kernel(strapi).database.connect();
  // A cut connection is noticed by whoever writes next; here it must not end the process.
  client.on('error', () => undefined);
  await client.query('SELECT pg_advisory_lock($1)', [BOOT_LOCK]);
  return () => client.end();
}
