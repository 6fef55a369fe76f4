import { createHttpClient } from './http-client';
import type { Latencies } from './percentiles';
import { compare, type Load } from './run-load';

export const SORTS = ['memberNo', 'name'] as const;

export interface ListComparison {
  sort: (typeof SORTS)[number];
  ours: Latencies;
  strapi: Latencies;
}

const SECONDS = 4;
const ROUNDS = 2;

/** The first twenty members, by ours and by Strapi's own content-manager, for the same person, in turns. */
export async function measureLists(url: string, ownerToken: string): Promise<ListComparison[]> {
  const client = createHttpClient(url, ownerToken);
  const results: ListComparison[] = [];
  for (const sort of SORTS) {
    const list = (path: string, read: (body: unknown) => unknown[]): Load => ({
      workers: 1,
      seconds: SECONDS,
      async act() {
        const { body } = await client({ path });
        if (read(body).length !== 20) throw new Error(`${path} did not answer with 20 members`);
      },
    });
    const [ours, strapi] = await compare(
      [
        list(`/api/backoffice/members?_start=0&_end=20&_sort=${sort}&_order=asc`, (body) => body as unknown[]),
        list(
          `/content-manager/collection-types/api::member.member?page=1&pageSize=20&sort=${sort}:ASC`,
          (body) => (body as { results: unknown[] }).results,
        ),
      ],
      ROUNDS,
    );
    results.push({ sort, ours: ours as Latencies, strapi: strapi as Latencies });
  }
  return results;
}
