import type { Core } from '@strapi/strapi';
import { backoffice, type Prepare } from '@tessera/backoffice/public';
import { kernel } from '@tessera/kernel/public';
import { prepareItem, skuTaken } from '../domain';
import { hasHistory, RESOURCES_WITH_HISTORY } from '../store/history-store';
import { isSkuTaken, readItemNames, type ItemTable } from '../store/item-store';
import { SHIFT_RECORDS } from '../store/shift-records';
import { TRANSACTION_RECORDS } from '../store/transaction-records';

function itemPreparation(strapi: Core.Strapi, table: ItemTable): Prepare {
  return async (data, { documentId }) => {
    const { database } = kernel(strapi);
    const before = documentId ? await readItemNames(database, table, documentId) : null;
    const prepared = prepareItem(data, before);
    const { sku } = prepared;
    if (typeof sku === 'string' && sku !== before?.sku && (await isSkuTaken(database, { sku, documentId }))) {
      throw skuTaken({ field: 'sku', sku });
    }
    return prepared;
  };
}

/** What goods are made of, which documents history holds on to, and the list of transactions. */
export function registerWithBackoffice(strapi: Core.Strapi): void {
  const office = backoffice(strapi);
  office.addPreparation('api::product.product', itemPreparation(strapi, 'products'));
  office.addPreparation('api::service.service', itemPreparation(strapi, 'services'));
  office.addPreparation('api::card-plan.card-plan', itemPreparation(strapi, 'card_plans'));
  for (const resource of RESOURCES_WITH_HISTORY) {
    office.addHistoryCheck(resource, (sql, documentId) => hasHistory(sql, resource, documentId));
  }
  office.addRecordResource(TRANSACTION_RECORDS);
  office.addRecordResource(SHIFT_RECORDS);
}
