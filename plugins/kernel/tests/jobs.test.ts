import { setTimeout as sleep } from 'node:timers/promises';
import { createTestDatabase } from '../../../config/presets/testing/boot-tessera';
import type { JobDefinition } from '../src/public';
import { createJobs, type JobsService } from '../src/services/jobs/jobs';
import { openDatabase, type Database } from '../src/store/database';

const NAMES = { zh: '任务', en: 'Job' };
let place: Awaited<ReturnType<typeof createTestDatabase>>;
const databases: Database[] = [];
const nodes: JobsService[] = [];

beforeAll(async () => {
  place = await createTestDatabase();
});
afterAll(async () => {
  await Promise.all(nodes.map((node) => node.stop()));
  await Promise.all(databases.map((database) => database.close()));
  await place.drop();
});

/** A server of its own on the same database, as far as jobs go. */
function makeNode(
  job: Partial<JobDefinition> & Pick<JobDefinition, 'code' | 'run'>,
  now = () => new Date(),
): JobsService {
  const connection = { connectionString: place.url };
  const database = openDatabase(connection);
  const settings = { timeZone: 'Asia/Shanghai', schedules: {} };
  const node = createJobs({ database, clock: { now }, connection, settings, log: { error: () => undefined } });
  node.register({ label: NAMES, figures: {}, cron: '30 3 * * *', retries: 0, ...job });
  databases.push(database);
  nodes.push(node);
  return node;
}

async function lastRun(node: JobsService, runs = 1) {
  for (let tries = 0; tries < 200; tries++) {
    const [job] = await node.list();
    if (job && job.runs.length >= runs && job.lastRun?.endedAt) return job.lastRun;
    await sleep(50);
  }
  throw new Error('the job did not run');
}

test('a job that two nodes are asked for at once is done once at a time, and its result is kept', async () => {
  let atWork = 0;
  let most = 0;
  async function run() {
    most = Math.max(most, ++atWork);
    await sleep(100);
    atWork--;
    return { lots: 3 };
  }
  const [first, second] = [makeNode({ code: 'count', run }), makeNode({ code: 'count', run })];
  const asked = await Promise.all([first.request('count', 'Wang'), second.request('count', 'Li')]);
  expect(asked).toContain(true);
  expect(await lastRun(first)).toMatchObject({ outcome: 'done', result: { lots: 3 }, error: null });
  await sleep(300);
  expect(most).toBe(1);
});

test('a job that fails says why', async () => {
  const node = makeNode({ code: 'break', run: () => Promise.reject(new Error('the disk is full')) });
  await node.request('break', 'Wang');
  expect(await lastRun(node)).toMatchObject({
    outcome: 'failed',
    result: null,
    error: 'the disk is full',
    askedBy: 'Wang',
  });
});

test('a job that was due while no server ran is done when one starts; one that was not is not', async () => {
  const run = () => Promise.resolve({});
  const evening = makeNode({ code: 'nightly', run }, () => new Date('2026-06-10T12:00:00Z'));
  await evening.request('nightly', 'Wang');
  await lastRun(evening);
  await evening.stop();
  const later = makeNode({ code: 'nightly', run }, () => new Date('2026-06-10T13:00:00Z'));
  await later.request('nightly', 'Li');
  expect(await lastRun(later, 2)).toMatchObject({ askedBy: 'Li' });
  await later.stop();
  const morning = makeNode({ code: 'nightly', run }, () => new Date('2026-06-11T01:00:00Z'));
  await morning.request('nightly', 'Zhao');
  expect(await lastRun(morning, 3)).toMatchObject({ askedBy: null, startedAt: '2026-06-11T01:00:00.000Z' });
});

test('a run whose process was killed is told from one that is under way', async () => {
  const node = makeNode({ code: 'killed', run: () => Promise.resolve({}) });
  await node.request('killed', 'Wang');
  await lastRun(node);
  await databases[0]?.query(`INSERT INTO tessera.job_run (code, started_at) VALUES ('killed', '2026-01-01')`);
  await node.request('killed', 'Li');
  const [job] = await node.list().then(async () => (await lastRun(node, 3), node.list()));
  expect(job?.runs.map(({ outcome }) => outcome)).toEqual(['done', 'broken-off', 'done']);
});
