import type { Core } from '@strapi/strapi';
import { backoffice } from '@tessera/backoffice/public';
import { kernel } from '@tessera/kernel/public';
import { preparePlan } from '../domain';
import { CARD_RECORDS } from '../store/card-records';
import { isPlanSold, isServiceCovered, readPlan } from '../store/plan-store';

/** What a plan must have, which plans history holds on to, and the list of cards. */
export function registerWithBackoffice(strapi: Core.Strapi): void {
  const office = backoffice(strapi);
  office.addPreparation('api::card-plan.card-plan', async (data, { documentId }) => {
    const before = documentId ? await readPlan(kernel(strapi).database, documentId) : null;
    return preparePlan(data, before);
  });
  office.addHistoryCheck('card-plans', isPlanSold);
  office.addHistoryCheck('services', isServiceCovered);
  office.addRecordResource(CARD_RECORDS);
}
