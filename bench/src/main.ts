import { resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { repository, startDatabase, startServer, type BenchDatabase } from './environment';
import { measureExpiry } from './expire-lots';
import { measureLookups } from './find-members';
import { generateMembers, generateShop, type Shop } from './generate-shop';
import { measureImport, measureSecondStart } from './installation';
import { importRows, startRow } from './installation-rows';
import { measureLists } from './list-members';
import { prepareLoyalSales } from './loyal-sales';
import { makeCashiers, registerOwner } from './make-staff';
import { measureBatch } from './measure-coupons';
import { measureQuote } from './measure-quote';
import { measureDecide } from './measure-decide';
import { measurePanel } from './panel-size';
import { measurePgbench } from './pgbench';
import { readCircumstances, writeResults, type Row } from './results';
import { couponRows, expiryRows, listRows, lookupRows, panelRow, saleRows } from './rows';
import { compare } from './run-load';
import { makeCarts } from './sale-cart';
import { httpSales } from './sale-http';
import { prepareSqlSales } from './sale-sql';

const SEED = Number(process.env.SEED ?? 7);
const TILLS = 8;
const SECONDS = 8;
const ROUNDS = 3;

/** `npm run bench -- start import` measures only these; without a name, all. */
const PARTS = ['sales', 'coupons', 'members', 'panel', 'start', 'import'] as const;
type Part = (typeof PARTS)[number];
const DEFAULT_FILE = '../shared/data/online-retail.csv.gz';

/** Sale by SQL, the same with a line on the trail, the whole sale over HTTP, and one with all that members own, in turns. */
async function benchSales(database: BenchDatabase, url: string, owner: string, shop: Shop): Promise<Row[]> {
  const tokens = await makeCashiers(url, owner, shop.storeId, TILLS);
  const carts = await makeCarts(database, shop, SEED, 200);
  const loyalty = { database, shop, seed: SEED, seconds: SECONDS };
  const loyal = await prepareLoyalSales(url, owner, tokens, loyalty);
  const sql = await prepareSqlSales(database, carts);
  const [ruler, audited, http, loyalHttp] = await compare(
    [
      sql.load({ seconds: SECONDS, isAudited: false }),
      sql.load({ seconds: SECONDS, isAudited: true }),
      httpSales(url, tokens, carts, SECONDS),
      loyal,
    ],
    ROUNDS,
  ).finally(() => sql.end());
  if (!ruler || !audited || !http || !loyalHttp) throw new Error('a load was not measured');
  const pgbenchTps = await measurePgbench(database, SECONDS);
  const decideMicros = await measureDecide(url, tokens[0] ?? '', shop.storeId);
  const sales = saleRows({ ruler, audited, http, loyal: loyalHttp, pgbenchTps, decideMicros });
  const expiry = await measureExpiry({ database, shop }, { url, owner, tokens }, carts);
  return [...sales, ...expiryRows(expiry)];
}

interface Wish {
  parts: ReadonlySet<Part>;
  /** The sales history that `import` reads. */
  file: string;
}

function readWish(): Wish {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { file: { type: 'string' } } });
  const unknown = positionals.filter((name) => !(PARTS as readonly string[]).includes(name));
  if (unknown.length > 0) throw new Error(`there is no part ${unknown.join(', ')}: choose from ${PARTS.join(', ')}`);
  const file = values.file ?? process.env.TESSERA_BENCH_FILE ?? DEFAULT_FILE;
  const chosen = positionals.length > 0 ? (positionals as Part[]) : PARTS;
  return { parts: new Set(chosen), file: resolve(repository, file) };
}

type Report = (rows: readonly Row[]) => void;

/** What is asked of one running server with a database of its own. */
async function benchServer(parts: ReadonlySet<Part>, database: BenchDatabase, report: Report): Promise<void> {
  if (!(['sales', 'coupons', 'members'] as const).some((part) => parts.has(part))) return;
  const server = await startServer(database);
  try {
    const owner = await registerOwner(server.url);
    const shop = await generateShop(database, { seed: SEED, skus: 2_000, tills: TILLS });
    await generateMembers(database, SEED, 1, 100_000);
    if (parts.has('sales')) report(await benchSales(database, server.url, owner, shop));
    if (parts.has('coupons')) report(couponRows(measureQuote(), await measureBatch(server.url, owner)));
    if (!parts.has('members')) return;
    await generateMembers(database, SEED, 100_001, 1_000_000);
    report(lookupRows(await measureLookups(database, server.url, owner)));
    report(listRows(await measureLists(server.url, owner)));
  } finally {
    await server.stop();
  }
}

async function main(): Promise<void> {
  const { parts, file } = readWish();
  console.log(`Seed ${SEED} (repeat with SEED=${SEED})`);
  const start = performance.now();
  const rows: Row[] = [];
  const report: Report = (found) => {
    rows.push(...found);
    for (const { what, goal, measured } of found) console.log(`${what}: ${measured} (goal ${goal})`);
  };
  const database = await startDatabase();
  let circumstances;
  try {
    circumstances = await readCircumstances(database, SEED);
    await benchServer(parts, database, report);
  } finally {
    await database.stop();
  }
  // After that database is gone: these bring their own.
  if (parts.has('panel')) report([panelRow(measurePanel())]);
  if (parts.has('start')) report([startRow(await measureSecondStart())]);
  if (parts.has('import')) report(importRows(await measureImport(file)));
  // The table is one run: a part of it would stand beside figures of another day.
  if (parts.size < PARTS.length) return;
  writeResults(rows, { ...circumstances, seconds: (performance.now() - start) / 1_000 });
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
