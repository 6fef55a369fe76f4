import type { Core } from '@strapi/strapi';
import { kernel, type JobDefinition } from '@tessera/kernel/public';
import { members } from '../../public';
import { judgeMembers } from './judge-members';

/** What nobody bought has no sale to write it: once a day every member's history says the tier that he has. */
export function tierJob(strapi: Core.Strapi): JobDefinition {
  return {
    code: 'judge-tiers',
    label: { zh: '更新会员等级', en: 'Bring tiers up to date' },
    figures: {
      judged: { zh: '位会员已检查', en: 'members looked at' },
      rose: { zh: '位升级', en: 'rose' },
      fell: { zh: '位降级', en: 'fell' },
    },
    cron: '40 3 * * *',
    run: ({ now }) => judgeMembers({ sql: kernel(strapi).database, tierBook: members(strapi).tierBook }, now),
  };
}
