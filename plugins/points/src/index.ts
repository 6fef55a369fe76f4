import { join } from 'node:path';
import type { Core } from '@strapi/strapi';
import { kernel } from '@tessera/kernel/public';
import { createPointsService } from './services/points';

export default {
  register({ strapi }: { strapi: Core.Strapi }) {
    kernel(strapi).addMigrations({
      plugin: 'points',
      directory: join(__dirname, '..', 'src', 'store', 'migrations'),
      after: ['kernel', 'ledger'],
    });
  },
  services: { points: createPointsService },
};
