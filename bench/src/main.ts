import { performance } from 'node:perf_hooks';
import { startDatabase, startServer, type BenchDatabase } from './environment';
import { measureLookups } from './find-members';
import { generateMembers, generateShop } from './generate-shop';
import { measureLists } from './list-members';
import { makeCashiers, registerOwner } from './make-staff';
import { measureDecide } from './measure-decide';
import { measurePanel } from './panel-size';
import { measurePgbench } from './pgbench';
import { readCircumstances, writeResults, type Row } from './results';
import { listRows, lookupRows, panelRow, saleRows } from './rows';
import { compare } from './run-load';
import { makeCarts } from './sale-cart';
import { httpSales } from './sale-http';
import { prepareSqlSales } from './sale-sql';

const SEED = Number(process.env.SEED ?? 7);
const TILLS = 8;
const SECONDS = 4;
const ROUNDS = 2;

/** Sale by SQL, the same with a line on the trail, and the whole sale over HTTP, in turns. */
async function benchSales(database: BenchDatabase, url: string, owner: string): Promise<Row[]> {
  const shop = await generateShop(database, { seed: SEED, skus: 2_000, tills: TILLS });
  await generateMembers(database, SEED, 1, 100_000);
  const tokens = await makeCashiers(url, owner, shop.storeId, TILLS);
  const carts = await makeCarts(database, shop, SEED, 200);
  const sql = await prepareSqlSales(database, carts);
  const [ruler, audited, http] = await compare(
    [
      sql.load({ seconds: SECONDS, isAudited: false }),
      sql.load({ seconds: SECONDS, isAudited: true }),
      httpSales(url, tokens, carts, SECONDS),
    ],
    ROUNDS,
  );
  await sql.end();
  if (!ruler || !audited || !http) throw new Error('a load was not measured');
  const pgbenchTps = await measurePgbench(database, SECONDS);
  const decideMicros = await measureDecide(url, tokens[0] ?? '', shop.storeId);
  return saleRows({ ruler, audited, http, pgbenchTps, decideMicros });
}

async function main(): Promise<void> {
  console.log(`Seed ${SEED} (repeat with SEED=${SEED})`);
  const start = performance.now();
  const rows: Row[] = [];
  const report = (found: readonly Row[]): void => {
    rows.push(...found);
    for (const { what, goal, measured } of found) console.log(`${what}: ${measured} (goal ${goal})`);
  };
  const database = await startDatabase();
  const server = await startServer(database);
  try {
    const circumstances = await readCircumstances(database, SEED);
    const owner = await registerOwner(server.url);
    report(await benchSales(database, server.url, owner));
    await generateMembers(database, SEED, 100_001, 1_000_000);
    report(lookupRows(await measureLookups(database, server.url, owner)));
    report(listRows(await measureLists(server.url, owner)));
    report([panelRow(measurePanel())]);
    writeResults(rows, { ...circumstances, seconds: (performance.now() - start) / 1_000 });
  } finally {
    await server.stop();
    await database.stop();
  }
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
