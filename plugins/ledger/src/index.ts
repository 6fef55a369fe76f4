import { join } from 'node:path';
import type { Core } from '@strapi/strapi';
import { kernel } from '@tessera/kernel/public';
import { createLedgerService } from './services/ledger';

export default {
  register({ strapi }: { strapi: Core.Strapi }) {
    kernel(strapi).addMigrations({
      plugin: 'ledger',
      directory: join(__dirname, '..', 'src', 'store', 'migrations'),
      after: ['kernel'],
    });
  },
  services: { ledger: createLedgerService },
};
