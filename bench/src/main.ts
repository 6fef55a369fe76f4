import { startDatabase, startServer, type BenchDatabase } from './environment';
import { measureLookups } from './find-members';
import { generateMembers, generateShop } from './generate-shop';
import { measureLists } from './list-members';
import { makeCashiers, registerOwner } from './make-staff';
import { measureDecide } from './measure-decide';
import { measurePanel } from './panel-size';
import { measurePgbench } from './pgbench';
import { compare } from './run-load';
import { makeCarts } from './sale-cart';
import { httpSales } from './sale-http';
import { prepareSqlSales } from './sale-sql';

const SEED = Number(process.env.SEED ?? 7);
const TILLS = 8;
const SECONDS = 4;
const ROUNDS = 2;

const show = (what: string, value: unknown): void => console.log(what, JSON.stringify(value, null, 1));

/** Sale by SQL, the same with a line on the trail, and the whole sale over HTTP, in turns. */
async function benchSales(database: BenchDatabase, url: string, owner: string): Promise<void> {
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
  show('sale by SQL (ruler)', ruler);
  show('sale by SQL with a line on the trail', audited);
  show('sale over HTTP', http);
  show('HTTP ÷ ruler (goal ≥ 0.5)', (http?.rate ?? 0) / (ruler?.rate ?? 0));
  const tps = await measurePgbench(database, SECONDS);
  if (tps !== null) show('HTTP ÷ pgbench TPC-B (goal ≥ 0.10)', (http?.rate ?? 0) / tps);
  show('decide() µs', await measureDecide(url, tokens[0] ?? '', shop.storeId));
}

async function main(): Promise<void> {
  console.log(`Seed ${SEED} (repeat with SEED=${SEED})`);
  const database = await startDatabase();
  const server = await startServer(database);
  try {
    const owner = await registerOwner(server.url);
    await benchSales(database, server.url, owner);
    await generateMembers(database, SEED, 100_001, 1_000_000);
    show('lookup at 1 M members (goal p95 ≤ 15 ms)', await measureLookups(database, server.url, owner));
    show('list of 20 at 1 M members (goal ≥ 7 × Strapi, p95 ≤ 40 ms)', await measureLists(server.url, owner));
    show('JavaScript of the till route, gzip (goal ≤ 400 KB)', measurePanel());
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
