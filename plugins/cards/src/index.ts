import { join } from 'node:path';
import type { Core } from '@strapi/strapi';
import { kernel } from '@tessera/kernel/public';
import { members } from '@tessera/members/public';
import { access, staffRouter } from '@tessera/access/public';
import { cardsRoutes } from './http/routes';
import { createCardsService } from './services/cards';
import { CARDS_OF_MEMBERS } from './services/member-holdings';
import { CARDS_PERMISSIONS } from './services/permissions';
import { bonusJob, daysJob } from './services/card-jobs';
import { registerWithBackoffice } from './services/register-with-backoffice';

export default {
  register({ strapi }: { strapi: Core.Strapi }) {
    kernel(strapi).addMigrations({
      plugin: 'cards',
      directory: join(__dirname, '..', 'src', 'store', 'migrations'),
      after: ['kernel', 'access', 'ledger', 'members'],
    });
    access(strapi).declarePermissions(CARDS_PERMISSIONS);
    members(strapi).addHoldings(CARDS_OF_MEMBERS);
    kernel(strapi).jobs.register(daysJob(strapi));
    kernel(strapi).jobs.register(bonusJob(strapi));
    registerWithBackoffice(strapi);
  },
  services: { cards: createCardsService },
  routes: {
    'content-api': ({ strapi }: { strapi: Core.Strapi }): unknown => staffRouter(strapi, 'cards', cardsRoutes(strapi)),
  },
};
