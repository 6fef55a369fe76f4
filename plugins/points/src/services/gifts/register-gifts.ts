import type { Core } from '@strapi/strapi';
import { backoffice } from '@tessera/backoffice/public';
import { GIFT_HANDOUT_RECORDS, GIFT_STOCK_MOVE_RECORDS, GIFT_STOCK_RECORDS } from '../../store/gift-records';
import { hasGifts, RESOURCES_WITH_GIFTS } from '../../store/gift-writing';

/** The lists of gifts that were given and of their stock, and which documents these hold on to. */
export function registerGifts(strapi: Core.Strapi): void {
  const office = backoffice(strapi);
  for (const records of [GIFT_HANDOUT_RECORDS, GIFT_STOCK_RECORDS, GIFT_STOCK_MOVE_RECORDS]) {
    office.addRecordResource(records);
  }
  for (const resource of RESOURCES_WITH_GIFTS) {
    office.addHistoryCheck(resource, (sql, documentId) => hasGifts(sql, resource, documentId));
  }
}
