import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Core } from '@strapi/strapi';
import { imports } from '@tessera/imports/public';
import { kernel } from '@tessera/kernel/public';
import { points } from '@tessera/points/public';
import { writeDemoAccounts, type DemoAccount } from './demo-accounts';
import { readDemoData, type DemoData } from './demo-data';
import { putDemoPerson, type DemoStores } from './demo-staff';
import { createDocuments, type Documents } from './documents';

/** One node makes the demo store, the others wait for it. */
const DEMO_LOCK = 7_357_002;
const STATE = { type: 'core', name: 'tessera', key: 'demo' } as const;
const CONSENT_VERSION = '2025-01';
const SLICE = 'online-retail-slice.csv.gz';

export interface DemoOptions {
  /** `config/demo`. */
  directory: string;
  accountsFile: string;
  /** Called with one line per part. */
  onProgress(line: string): void;
}

/** A database that somebody already uses stays as it is; one that an interrupted start left half-way is finished. */
async function isWanted(strapi: Core.Strapi): Promise<boolean> {
  const state = await strapi.store.get(STATE);
  if (state !== null && state !== undefined) return state === 'begun';
  const users = await strapi.db.query('admin::user').count();
  const stores = await strapi.db.query('api::store.store').count();
  return users + stores === 0;
}

async function putStores(documents: Documents, data: DemoData): Promise<DemoStores> {
  const stores: DemoStores = new Map();
  for (const { code, tills, ...fields } of data.stores) {
    const storeId = await documents.ensure('api::store.store', { code }, fields);
    const tillIds: string[] = [];
    for (const till of tills) {
      tillIds.push(await documents.ensure('api::till.till', { code: till.code }, { name: till.name, store: storeId }));
    }
    stores.set(code, { storeId, tillIds });
  }
  return stores;
}

/** @throws when a link leads nowhere: a typing error in config/demo */
function linked(ids: Map<string, string>, code: string, file: string): string {
  const id = ids.get(code);
  if (!id) throw new Error(`config/demo/${file}.yaml: there is no "${code}"`);
  return id;
}

/** @returns the services by SKU */
async function putGoods(documents: Documents, data: DemoData): Promise<Map<string, string>> {
  const taxClasses = new Map<string, string>();
  for (const { code, ...fields } of data['tax-classes']) {
    taxClasses.set(code, await documents.ensure('api::tax-class.tax-class', { code }, fields));
  }
  const categories = new Map<string, string>();
  for (const [position, { code, ...fields }] of data.categories.entries()) {
    categories.set(code, await documents.ensure('api::category.category', { code }, { ...fields, position }));
  }
  for (const { sku, barcode, taxClass, category, ...fields } of data.products) {
    const links = {
      taxClass: linked(taxClasses, taxClass, 'products'),
      category: linked(categories, category, 'products'),
    };
    await documents.ensure('api::product.product', { sku }, { ...fields, ...links, barcodes: [barcode] });
  }
  const services = new Map<string, string>();
  for (const { sku, taxClass, category, ...fields } of data.services) {
    const links = {
      taxClass: linked(taxClasses, taxClass, 'services'),
      category: linked(categories, category, 'services'),
    };
    services.set(sku, await documents.ensure('api::service.service', { sku }, { ...fields, ...links }));
  }
  return services;
}

async function putMembers(documents: Documents, data: DemoData, stores: DemoStores): Promise<void> {
  const storeIds = new Map([...stores].map(([code, { storeId }]) => [code, storeId]));
  for (const { memberNo, homeStore, joinedAt, ...fields } of data.members) {
    const store = linked(storeIds, homeStore, 'members');
    const consent = { consentVersion: CONSENT_VERSION, consentAt: joinedAt };
    await documents.ensure('api::member.member', { memberNo }, { ...fields, ...consent, joinedAt, homeStore: store });
  }
}

async function putPoints(documents: Documents, data: DemoData): Promise<void> {
  for (const { code, rules, ...fields } of data.points) {
    await documents.ensure('api::points-programme.points-programme', { code }, { ...fields, active: true });
    for (const { code: rule, ...about } of rules) {
      await documents.ensure('api::earn-rule.earn-rule', { code: rule }, about);
    }
  }
}

/** A plan stands after its parts, and after the session card whose sessions it gives. */
async function putCardPlans(
  documents: Documents,
  data: DemoData,
  services: Map<string, string>,
  coupons: Map<string, string>,
): Promise<void> {
  const plans = new Map<string, string>();
  for (const { sku, services: covered = [], parts = [], bonusCoupon, bonusPlan, ...fields } of data['card-plans']) {
    const links = {
      services: covered.map((code) => linked(services, code, 'card-plans')),
      parts: parts.map((code) => linked(plans, code, 'card-plans')),
      ...(bonusCoupon === undefined ? {} : { bonusCoupon: linked(coupons, bonusCoupon, 'card-plans') }),
      ...(bonusPlan === undefined ? {} : { bonusPlan: linked(plans, bonusPlan, 'card-plans') }),
    };
    plans.set(sku, await documents.ensure('api::card-plan.card-plan', { sku }, { ...fields, ...links }));
  }
}

async function putCoupons(documents: Documents, data: DemoData): Promise<Map<string, string>> {
  const templates = new Map<string, string>();
  for (const { code, categories, ...fields } of data.coupons) {
    const links: string[] = [];
    for (const category of categories) {
      links.push(await documents.ensure('api::category.category', { code: category }, {}));
    }
    const about = { ...fields, categories: links };
    templates.set(code, await documents.ensure('api::coupon-template.coupon-template', { code }, about));
  }
  return templates;
}

async function putTiers(documents: Documents, data: DemoData, coupons: Map<string, string>): Promise<void> {
  for (const { code, birthdayCoupon, prices, ...fields } of data.tiers) {
    const links = birthdayCoupon ? { birthdayCoupon: linked(coupons, birthdayCoupon, 'tiers') } : {};
    const tier = await documents.ensure('api::tier.tier', { code }, { ...fields, ...links });
    for (const { product, service, unitPrice } of prices) {
      const name = `${code} · ${product ?? service}`;
      const item = product
        ? { product: await documents.ensure('api::product.product', { sku: product }, {}) }
        : { service: await documents.ensure('api::service.service', { sku: service }, {}) };
      await documents.ensure('api::tier-price.tier-price', { name }, { tier, unitPrice, ...item });
    }
  }
}

/** With its first pieces in every store; the delivery has a key of its own, so that it comes once. */
async function putGifts(strapi: Core.Strapi, documents: Documents, data: DemoData, stores: DemoStores): Promise<void> {
  const now = kernel(strapi).clock.now();
  for (const { code, stock, minimumTier, ...fields } of data.gifts) {
    const tier = minimumTier
      ? { minimumTier: await documents.ensure('api::tier.tier', { code: minimumTier }, {}) }
      : {};
    const giftId = await documents.ensure('api::gift.gift', { code }, { ...fields, ...tier });
    for (const [store, { storeId }] of stores) {
      if (stock === undefined) continue;
      await points(strapi).stockGift({ giftId, storeId, quantity: stock, key: deliveryKey(code, store), now });
    }
  }
}

/** The same for the same gift and store, shaped as a UUID. */
function deliveryKey(gift: string, store: string): string {
  const digits = createHash('sha256').update(`demo ${gift} ${store}`).digest('hex');
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-8${digits.slice(13, 16)}-8${digits.slice(17, 20)}-${digits.slice(20, 32)}`;
}

async function putStaff(
  strapi: Core.Strapi,
  documents: Documents,
  data: DemoData,
  stores: DemoStores,
): Promise<DemoAccount[]> {
  const accounts: DemoAccount[] = [];
  for (const person of data.staff) accounts.push(await putDemoPerson(strapi, documents, person, stores));
  return accounts;
}

/** Real sales, so that lists and reports have something to show. An interrupted import goes on where it stopped. */
async function importHistory(strapi: Core.Strapi, { directory, onProgress }: DemoOptions): Promise<void> {
  const path = join(directory, SLICE);
  if (!existsSync(path)) return;
  onProgress('Demo store: importing a history of real sales');
  await imports(strapi).importFile({ path, profile: 'online-retail', actor: 'system' });
}

async function seed(strapi: Core.Strapi, options: DemoOptions): Promise<void> {
  const data = await readDemoData(options.directory);
  const documents = createDocuments(strapi);
  await strapi.store.set({ ...STATE, value: 'begun' });
  options.onProgress('Demo store: stores, goods and services');
  const stores = await putStores(documents, data);
  const services = await putGoods(documents, data);
  const coupons = await putCoupons(documents, data);
  await putCardPlans(documents, data, services, coupons);
  await putPoints(documents, data);
  await putTiers(documents, data, coupons);
  await putGifts(strapi, documents, data, stores);
  options.onProgress('Demo store: members and staff');
  await putMembers(documents, data, stores);
  const accounts = await putStaff(strapi, documents, data, stores);
  await importHistory(strapi, options);
  writeDemoAccounts(options.accountsFile, accounts);
  await strapi.store.set({ ...STATE, value: 'done' });
}

/**
 * Fills an empty database with the demo store of `config/demo` and writes its accounts. Every part is found again by its
 * natural key, so a start that was cut off is finished by the next one.
 * @returns whether it was made now
 */
export async function seedDemo(strapi: Core.Strapi, options: DemoOptions): Promise<boolean> {
  const client = await kernel(strapi).database.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [DEMO_LOCK]);
    if (!(await isWanted(strapi))) return false;
    await seed(strapi, options);
    return true;
  } finally {
    await client.end();
  }
}
