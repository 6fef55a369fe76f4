import { resolve } from 'node:path';
import type { Core } from '@strapi/strapi';
import { defineError } from '@tessera/kernel/domain';
import { kernel, type JobDefinition } from '@tessera/kernel/public';
import { examine, readChecks } from '../../launch/reconcile/run-checks';

const booksContradict = defineError<{ broken: string[] }>(
  'books_contradict',
  500,
  ({ broken }) => `The books contradict themselves; npm run reconcile shows where: ${broken.join('; ')}`,
);

/** What `npm run reconcile` proves, every night. A proof that fails makes the run fail, so that it is seen. */
export function reconcileJob(strapi: Core.Strapi): JobDefinition {
  return {
    code: 'reconcile',
    label: { zh: '核对账目', en: 'Prove the books' },
    figures: { proofs: { zh: '项证明成立', en: 'proofs hold' } },
    cron: '30 4 * * *',
    // What is wrong stays wrong.
    retries: 0,
    async run() {
      const checks = readChecks(resolve(strapi.dirs.app.root, '..'));
      const client = await kernel(strapi).database.connect();
      const findings = await examine(client, checks).finally(() => client.end());
      const broken = findings.filter(({ count }) => count > 0);
      if (broken.length > 0) {
        throw booksContradict({ broken: broken.map(({ check, count }) => `${check.name} (${count})`) });
      }
      return { proofs: findings.length };
    },
  };
}
