import type { Expiry } from './expire-lots';
import type { Lookup } from './find-members';
import type { ListComparison } from './list-members';
import type { PanelSize } from './panel-size';
import type { Latencies } from './percentiles';
import type { Row } from './results';

const ms = (value: number): string => `${value.toFixed(1)} ms`;

/** A row whose goal needs what is not there (pgbench, a built panel). */
function notMeasured(what: string, goal: string, meaning: string): Row {
  return { what, goal, measured: 'not measured', isMet: null, meaning };
}

export interface SaleFigures {
  ruler: Latencies;
  audited: Latencies;
  http: Latencies;
  /** With points, stored value and a coupon. */
  loyal: Latencies;
  /** null = pgbench is not installed */
  pgbenchTps: number | null;
  decideMicros: { p50: number; p99: number };
}

function pgbenchRow(http: Latencies, tps: number | null): Row {
  const what = 'Sale over HTTP ÷ `pgbench` TPC-B';
  const meaning = 'the same sales against the standard load of `pgbench` (scale 10, 8 clients) on the same server.';
  if (tps === null) return notMeasured(what, '≥ 0.10', `${meaning} \`pgbench\` is not installed here.`);
  const ratio = http.rate / tps;
  const measured = `${http.rate.toFixed(1)} ÷ ${tps.toFixed(0)} per second = ${ratio.toFixed(2)}`;
  return { what, goal: '≥ 0.10', measured, isMet: ratio >= 0.1, meaning };
}

function trailRow(http: Latencies, ruler: Latencies, audited: Latencies): Row {
  const line = 1_000 / audited.rate - 1_000 / ruler.rate;
  const sale = 1_000 / http.rate;
  const ofSql = 1 - audited.rate / ruler.rate;
  return {
    what: 'A line on the trail, of a sale over HTTP',
    goal: '≤ 5 %',
    measured:
      `${((line / sale) * 100).toFixed(1)} % (${line.toFixed(2)} ms of ${sale.toFixed(2)} ms; ` +
      `${(ofSql * 100).toFixed(1)} % of the sale’s SQL alone: ${audited.rate.toFixed(1)} against ${ruler.rate.toFixed(1)} per second)`,
    isMet: line / sale <= 0.05,
    meaning:
      'the ruler with and without an audit row in the booking, both cores busy; an ordinary sale writes no such line, it is ' +
      'counted by the hour. Below zero = below the noise.',
  };
}

export function saleRows({ ruler, audited, http, loyal, pgbenchTps, decideMicros }: SaleFigures): Row[] {
  const ratio = http.rate / ruler.rate;
  const loyalRatio = loyal.rate / ruler.rate;
  return [
    {
      what: 'Sale over HTTP ÷ the sale’s own SQL',
      goal: '≥ 0.5',
      measured: `${http.rate.toFixed(1)} ÷ ${ruler.rate.toFixed(1)} per second = ${ratio.toFixed(2)}`,
      isMet: ratio >= 0.5,
      meaning:
        '8 tills, each selling 3 lines to a member as soon as it was answered; 100 k members, 2 k SKUs; the first of four ' +
        'rounds is warm-up, for the compiler of the server’s code needs seconds. The ruler sends ' +
        'the load (which also asks whether the session stands) and the booking over 8 connections of the bare driver, ' +
        'priced beforehand.',
    },
    {
      what: 'Sale over HTTP, p99',
      goal: '≤ 60 ms',
      measured: `${ms(http.p99)} (p50 ${ms(http.p50)}, p95 ${ms(http.p95)})`,
      isMet: http.p99 <= 60,
      meaning: 'the same sales, from the first byte sent to the last received.',
    },
    {
      what: 'Sale with points, stored value and a coupon ÷ the plain sale’s own SQL',
      goal: '≥ 0.4',
      measured: `${loyal.rate.toFixed(1)} ÷ ${ruler.rate.toFixed(1)} per second = ${loyalRatio.toFixed(2)} (p99 ${ms(loyal.p99)})`,
      isMet: loyalRatio >= 0.4,
      meaning:
        'the same 8 tills in the same rounds; each sale uses up one coupon, redeems 100 points, is paid by stored value and a terminal and earns ' +
        'points. The ruler does none of that.',
    },
    pgbenchRow(http, pgbenchTps),
    trailRow(http, ruler, audited),
    {
      what: '`decide()`, p99',
      goal: '–',
      measured: `${decideMicros.p99.toFixed(1)} µs (p50 ${decideMicros.p50.toFixed(1)} µs)`,
      isMet: null,
      meaning: 'the pure decision of a sale with the policy of a cashier, no input or output.',
    },
  ];
}

export function expiryRows({ seconds, lots, sales }: Expiry): Row[] {
  return [
    {
      what: 'Writing off 1 M lots of points',
      goal: '≤ 60 s',
      measured: `${seconds.toFixed(1)} s for ${lots.toLocaleString('en')} lots; sales meanwhile p99 ${ms(sales.p99)} (p50 ${ms(sales.p50)})`,
      isMet: seconds <= 60 && lots >= 1_000_000,
      meaning:
        'the job as the server runs it, ten lots of each of 100 k members, while two tills go on selling to such members.',
    },
  ];
}

export function couponRows(quoteMicros: { p50: number; p99: number }, batchMs: number): Row[] {
  return [
    {
      what: 'Quote with 10 coupons, a tier and 20 rules, p99',
      goal: '≤ 2 ms',
      measured: `${ms(quoteMicros.p99 / 1_000)} (p50 ${ms(quoteMicros.p50 / 1_000)})`,
      isMet: quoteMicros.p99 <= 2_000,
      meaning:
        'the whole pure `quote()` of five lines: five coupons given and five offered, a tier with a year of days, points redeemed and earned.',
    },
    {
      what: '100,000 coupon codes',
      goal: '≤ 5 s',
      measured: `${(batchMs / 1_000).toFixed(1)} s`,
      isMet: batchMs <= 5_000,
      meaning: '`POST /api/campaigns/coupon-batches`: made, kept unique and on the trail in one transaction.',
    },
  ];
}

export function lookupRows(measured: Record<Lookup, Latencies>): Row[] {
  return Object.entries(measured).map(([lookup, { p50, p95 }]) => ({
    what: `Lookup at 1 M members, ${lookup}, p95`,
    goal: '≤ 15 ms',
    measured: `${ms(p95)} (p50 ${ms(p50)})`,
    isMet: p95 <= 15,
    meaning: '`GET /api/members/lookup`, one question at a time, each about another member.',
  }));
}

export function listRows(lists: readonly ListComparison[]): Row[] {
  const meaning = 'first page of 20 at 1 M members, for the owner; ours and Strapi’s content-manager in turns.';
  return lists.flatMap(({ sort, ours, strapi }): Row[] => [
    {
      what: `Member list by ${sort}: Strapi’s content-manager ÷ ours`,
      goal: '≥ 7',
      measured: `${ms(strapi.p50)} ÷ ${ms(ours.p50)} = ${(strapi.p50 / ours.p50).toFixed(1)} (medians)`,
      isMet: strapi.p50 / ours.p50 >= 7,
      meaning,
    },
    {
      what: `Member list by ${sort}, ours, p95`,
      goal: '≤ 40 ms',
      measured: ms(ours.p95),
      isMet: ours.p95 <= 40,
      meaning,
    },
  ]);
}

export function panelRow(size: PanelSize | null): Row {
  const what = 'JavaScript of the till’s first load';
  const meaning = 'entry, till chunk and all they import statically, gzip, from the manifest of the built panel.';
  if (!size) return notMeasured(what, '≤ 400 KB', `${meaning} The panel was not built.`);
  const kilobytes = size.gzipBytes / 1_000;
  return { what, goal: '≤ 400 KB', measured: `${kilobytes.toFixed(0)} KB`, isMet: kilobytes <= 400, meaning };
}
