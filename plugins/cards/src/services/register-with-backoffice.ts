import type { Core } from '@strapi/strapi';
import { backoffice } from '@tessera/backoffice/public';
import { kernel } from '@tessera/kernel/public';
import { idsOfRelation, preparePlan } from '../domain';
import { CARD_RECORDS } from '../store/card-records';
import { isPlanSold, isServiceCovered, readKinds, readPlan } from '../store/plan-store';

/** What a plan must have, which plans history holds on to, and the list of cards. */
export function registerWithBackoffice(strapi: Core.Strapi): void {
  const office = backoffice(strapi);
  office.addPreparation('api::card-plan.card-plan', async (data, { documentId }) => {
    const { database } = kernel(strapi);
    const before = documentId ? await readPlan(database, documentId) : null;
    const kindsOf = (relation: string) =>
      relation in data ? readKinds(database, idsOfRelation(data[relation])) : Promise.resolve(null);
    return preparePlan(data, before, {
      partKinds: await kindsOf('parts'),
      hasBonusCoupon: 'bonusCoupon' in data ? idsOfRelation(data['bonusCoupon']).length > 0 : null,
      bonusPlanKinds: await kindsOf('bonusPlan'),
    });
  });
  office.addHistoryCheck('card-plans', isPlanSold);
  office.addHistoryCheck('services', isServiceCovered);
  office.addRecordResource(CARD_RECORDS);
}
