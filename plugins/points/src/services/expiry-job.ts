import type { Core } from '@strapi/strapi';
import { kernel, type JobDefinition } from '@tessera/kernel/public';
import { expireLots } from './expire-lots';

/** Points stop counting at their instant; once a day their entry says so. */
export function expiryJob(strapi: Core.Strapi): JobDefinition {
  return {
    code: 'expire-points',
    label: { zh: '注销到期积分', en: 'Write off points that ran out' },
    figures: { lots: { zh: '批次', en: 'lots' }, points: { zh: '积分', en: 'points' } },
    cron: '10 3 * * *',
    run: ({ now }) => expireLots(kernel(strapi).database, now),
  };
}
