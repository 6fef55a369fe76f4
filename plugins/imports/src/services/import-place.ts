import type { Core, UID } from '@strapi/strapi';
import { wrongCurrency } from '../domain/errors';
import type { ImportProfile } from '../domain/profile';
import type { BookingPlace } from '../domain/to-transaction';

/** Where bookings go and what new items are filed under: a handful of documents, made through the document service. */
export interface ImportPlace extends BookingPlace {
  categoryId: string;
  taxClassId: string;
}

type Fields = Record<string, unknown>;
type Found = Fields & { documentId: string };

async function ensure(strapi: Core.Strapi, uid: UID.ContentType, code: string, fields: Fields): Promise<Found> {
  const [found] = await strapi.documents(uid).findMany({ filters: { code: { $eq: code } } as never, limit: 1 });
  const document = found ?? (await strapi.documents(uid).create({ data: { code, ...fields } as never }));
  return document as unknown as Found;
}

/** One till of its own per store: its accounts hold the imported money apart from what real tills took. */
function tillCodeFor(storeCode: string): string {
  return `${storeCode.slice(0, 8)}-IMP`;
}

/**
 * Finds or makes the store, till, category and tax class of an import. The till is inactive: nobody sells at it.
 * @throws wrong_currency (422) when the store keeps its books in another currency than the file
 */
export async function ensurePlace(
  strapi: Core.Strapi,
  profile: ImportProfile,
  storeCode: string,
): Promise<ImportPlace> {
  const { currency, timeZone, dayCutoff, storeName } = profile;
  const store = await ensure(strapi, 'api::store.store', storeCode, {
    nameZh: storeName.zh,
    nameEn: storeName.en,
    timeZone,
    dayCutoff,
    currency,
  });
  if (store['currency'] !== currency) {
    throw wrongCurrency({ storeCode, storeCurrency: String(store['currency']), fileCurrency: currency });
  }
  const till = await ensure(strapi, 'api::till.till', tillCodeFor(storeCode), {
    name: `${profile.label.en} (import)`,
    store: store.documentId,
    active: false,
  });
  const category = await ensure(strapi, 'api::category.category', 'IMPORTED', {
    nameZh: '导入商品',
    nameEn: 'Imported items',
    active: true,
    position: 1_000,
  });
  const taxClass = await ensure(strapi, 'api::tax-class.tax-class', 'UNSTATED', {
    nameZh: '未注明税率(导入)',
    nameEn: 'Tax not stated (imported)',
    rate: 0,
  });
  return {
    storeId: store.documentId,
    tillId: till.documentId,
    tillCode: String(till['code']),
    currency,
    timeZone: String(store['timeZone']),
    dayCutoff: String(store['dayCutoff']),
    categoryId: category.documentId,
    taxClassId: taxClass.documentId,
  };
}
