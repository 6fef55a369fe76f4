/** What one kind of request took: latencies in milliseconds, ascending. */
export interface Latencies {
  count: number;
  /** Per second, over all workers. */
  rate: number;
  p50: number;
  p95: number;
  p99: number;
  max: number;
}

/** Nearest-rank percentile of ascending values: the smallest that at least `share` of them do not exceed. */
export function percentile(ascending: readonly number[], share: number): number {
  const rank = Math.ceil(share * ascending.length);
  return ascending[Math.max(0, rank - 1)] ?? Number.NaN;
}

export function summarise(latenciesMs: readonly number[], seconds: number): Latencies {
  const ascending = [...latenciesMs].sort((a, b) => a - b);
  return {
    count: ascending.length,
    rate: ascending.length / seconds,
    p50: percentile(ascending, 0.5),
    p95: percentile(ascending, 0.95),
    p99: percentile(ascending, 0.99),
    max: ascending.at(-1) ?? Number.NaN,
  };
}
