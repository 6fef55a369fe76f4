import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Core } from '@strapi/strapi';

/** What Strapi's connection pool (tarn) tells of itself. */
interface ConnectionPool {
  numUsed(): number;
  numPendingAcquires(): number;
}

/** Long enough for what is under way; a query that hangs must not keep the process alive. */
const PATIENCE_MS = 10_000;

/** @returns when nothing has used or awaited a connection for two turns of the event loop, or patience has run out */
async function untilQuiet(pool: ConnectionPool): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  for (let quietTurns = 0; quietTurns < 2 && Date.now() < deadline; await nextTurn()) {
    quietTurns = pool.numUsed() + pool.numPendingAcquires() === 0 ? quietTurns + 1 : 0;
  }
}

/**
 * After a write through the document service Strapi reads the record again, for its webhooks, and nobody waits for that. When its pool
 * is closed meanwhile, those reads wait a minute for a connection that never comes and then reject unhandled. So the pool is closed
 * once nobody uses it.
 */
export function endQuietly(strapi: Core.Strapi): void {
  const destroy = strapi.db.destroy.bind(strapi.db);
  strapi.db.destroy = async () => {
    await untilQuiet((strapi.db.connection as unknown as { client: { pool: ConnectionPool } }).client.pool);
    await destroy();
  };
}
