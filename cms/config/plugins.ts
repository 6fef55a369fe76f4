import { join, resolve } from 'node:path';

/** Compiled to `cms/dist/config`, hence three steps up. */
const ROOT = join(__dirname, '..', '..', '..');

/** Nightly work goes by this clock; `schedules: { 'expire-points': { cron: '15 4 * * *' } }` moves a single job. */
const JOBS = { timeZone: process.env.TESSERA_JOBS_TIME_ZONE || 'Asia/Shanghai', schedules: {} };

export default () => ({
  kernel: { config: { jobs: JOBS } },
  access: { config: { rolesDirectory: join(ROOT, 'config', 'roles') } },
  cards: { config: { policiesDirectory: join(ROOT, 'config', 'policies') } },
  checkout: { config: { denominationsFile: join(ROOT, 'config', 'denominations.yaml') } },
  // Files given to an import over HTTP lie here until it is done.
  imports: { config: { directory: resolve(ROOT, process.env.TESSERA_DATA_DIR || '.data', 'imports') } },
});
