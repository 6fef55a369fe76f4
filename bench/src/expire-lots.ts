import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import type { JobView } from '@tessera/kernel/domain';
import type { BenchDatabase } from './environment';
import type { Shop } from './generate-shop';
import { createHttpClient } from './http-client';
import { summarise, type Latencies } from './percentiles';
import type { Cart } from './sale-cart';
import { httpSales } from './sale-http';

const LOTS = 1_000_000;
const MEMBERS = 100_000;
const TILLS = 2;

export interface Expiry {
  seconds: number;
  lots: number;
  /** Of sales that went on meanwhile at two tills. */
  sales: Latencies;
}

/** A million lots that ran out, ten of each member, as if they had been earned. The journal that gave them is left out: expiry asks nothing of it. */
async function makeLots(database: BenchDatabase, { storeId }: Shop): Promise<void> {
  await database.fill(
    `WITH member AS (SELECT document_id AS id, row_number() OVER (ORDER BY id) AS place FROM members ORDER BY id LIMIT ${MEMBERS}),
    account AS (
      INSERT INTO tessera.account AS a (owner_type, owner_id, account, unit, balance)
      SELECT 'member', id, 'points', 'points', ${(LOTS / MEMBERS) * 5} FROM member
      ON CONFLICT (owner_id, account, unit, owner_type) DO UPDATE SET balance = a.balance + excluded.balance)
    INSERT INTO tessera.point_lot (member_id, store_id, business_day, journal_id, rule, label, amount, remaining, available_from, expires_at)
    SELECT m.id, $1, current_date - 400, '00000000-0000-7000-8000-000000000000', 'bench ' || m.place || ' ' || i, '{}', 5, 5,
      now() - interval '400 days', now() - interval '1 day' FROM member m, generate_series(1, ${LOTS / MEMBERS}) i`,
    [storeId],
  );
  await database.run('VACUUM (ANALYZE) tessera.point_lot');
}

async function runJob(url: string, owner: string): Promise<{ seconds: number; lots: number }> {
  const http = createHttpClient(url, owner);
  await http({ method: 'POST', path: '/api/backoffice/jobs/expire-points/runs', body: {} });
  for (;;) {
    await sleep(200);
    const { jobs } = (await http({ path: '/api/backoffice/jobs' })).body as { jobs: JobView[] };
    const run = jobs.find(({ code }) => code === 'expire-points')?.lastRun;
    if (!run?.endedAt) continue;
    if (run.outcome !== 'done') throw new Error(`the job ended as ${run.outcome}`);
    return { seconds: (Date.parse(run.endedAt) - Date.parse(run.startedAt)) / 1_000, lots: run.result?.['lots'] ?? 0 };
  }
}

/** The job as the server runs it, while two tills sell. */
export async function measureExpiry(
  { database, shop }: { database: BenchDatabase; shop: Shop },
  { url, owner, tokens }: { url: string; owner: string; tokens: readonly string[] },
  carts: readonly Cart[][],
): Promise<Expiry> {
  await makeLots(database, shop);
  const { act } = httpSales(url, tokens.slice(0, TILLS), carts, 0);
  const latenciesMs: number[] = [];
  const start = performance.now();
  const state = { isRunning: true };
  const sell = async (till: number) => {
    for (let turn = 0; state.isRunning; turn++) {
      const sent = performance.now();
      await act(till, turn);
      latenciesMs.push(performance.now() - sent);
    }
  };
  const selling = Promise.all(Array.from({ length: TILLS }, (_, till) => sell(till)));
  const done = await runJob(url, owner).finally(() => (state.isRunning = false));
  await selling;
  return { ...done, sales: summarise(latenciesMs, (performance.now() - start) / 1_000) };
}
