import { performance } from 'node:perf_hooks';
import { summarise, type Latencies } from './percentiles';

/** Each worker acts again as soon as it was answered, like a queue at a till. A failed act ends the run. */
export interface Load {
  workers: number;
  seconds: number;
  act(worker: number, turn: number): Promise<unknown>;
}

export interface Samples {
  latenciesMs: number[];
  seconds: number;
}

export async function sample({ workers, seconds, act }: Load): Promise<Samples> {
  const latenciesMs: number[] = [];
  const start = performance.now();
  const end = start + seconds * 1_000;
  async function work(worker: number): Promise<void> {
    for (let turn = 0; performance.now() < end; turn++) {
      const sent = performance.now();
      await act(worker, turn);
      latenciesMs.push(performance.now() - sent);
    }
  }
  await Promise.all(Array.from({ length: workers }, (_, worker) => work(worker)));
  return { latenciesMs, seconds: (performance.now() - start) / 1_000 };
}

/**
 * Measures several loads in turns, so that a busy moment of the machine meets all of them: `rounds` × each load.
 * The first turn of each is warm-up and not counted.
 */
export async function compare(loads: readonly Load[], rounds: number): Promise<Latencies[]> {
  const collected = loads.map((): Samples => ({ latenciesMs: [], seconds: 0 }));
  for (let round = 0; round <= rounds; round++) {
    for (const [index, load] of loads.entries()) {
      const samples = await sample(load);
      const total = collected[index];
      if (round === 0 || !total) continue;
      for (const latency of samples.latenciesMs) total.latenciesMs.push(latency);
      total.seconds += samples.seconds;
    }
  }
  return collected.map(({ latenciesMs, seconds }) => summarise(latenciesMs, seconds));
}
