import type { BenchDatabase } from './environment';
import { createHttpClient } from './http-client';
import type { Latencies } from './percentiles';
import { compare, type Load } from './run-load';

export const LOOKUPS = [
  'last 4',
  'member number',
  'initials',
  '汉字 (name)',
  '汉字 (one, inside)',
  'one letter',
] as const;
export type Lookup = (typeof LOOKUPS)[number];

interface Sample {
  phone: string;
  member_no: string;
  name: string;
  name_initials: string;
}

const QUERIES: Record<Lookup, (member: Sample) => string> = {
  'last 4': (member) => member.phone.slice(-4),
  'member number': (member) => member.member_no,
  initials: (member) => member.name_initials,
  '汉字 (name)': (member) => member.name,
  '汉字 (one, inside)': (member) => [...member.name].at(-1) ?? '',
  'one letter': (member) => member.name_initials.slice(0, 1),
};

const SECONDS = 1.5;
const ROUNDS = 2;

/** `GET /api/members/lookup` by one person at a time, every question about another member. */
export async function measureLookups(
  database: BenchDatabase,
  url: string,
  token: string,
): Promise<Record<Lookup, Latencies>> {
  const samples = await database.run<Sample>(
    `SELECT phone, member_no, name, name_initials FROM members WHERE id % 487 = 3 AND ascii(name) > 11904 LIMIT 2000`,
  );
  const client = createHttpClient(url, token);
  const loads = LOOKUPS.map((lookup): Load => {
    const queries = samples.map(QUERIES[lookup]);
    return {
      workers: 1,
      seconds: SECONDS,
      async act(_worker, turn) {
        const query = queries[turn % queries.length] ?? '';
        const { body } = await client({ path: `/api/members/lookup?q=${encodeURIComponent(query)}` });
        if ((body as unknown[]).length === 0) throw new Error(`lookup of "${query}" (${lookup}) found nobody`);
      },
    };
  });
  const measured = await compare(loads, ROUNDS);
  return Object.fromEntries(LOOKUPS.map((lookup, index) => [lookup, measured[index]])) as Record<Lookup, Latencies>;
}
