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
  imports: {
    config: {
      // Files given to an import over HTTP lie here until it is done.
      directory: resolve(ROOT, process.env.TESSERA_DATA_DIR || '.data', 'imports'),
      // So long the rows that a file of members could not bring in are there to download; then they are removed.
      keepMemberFilesDays: 7,
    },
  },
});
