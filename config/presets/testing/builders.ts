import { randomBytes, randomInt } from 'node:crypto';
import type { Core, UID } from '@strapi/strapi';
import { kernel } from '@tessera/kernel/public';

export interface Staff {
  /** Strapi admin user id, as text. */
  id: string;
  email: string;
  password: string;
  staffNo: string;
}

/** `role`: code of a role template, or `owner`. Without `store` the role holds in all stores. */
export interface StaffOptions {
  role: string;
  store?: string | undefined;
  name?: string;
}

type Fields = Record<string, unknown>;

/** Makers of master data: name what matters to the test, the rest is filled. Each returns documentIds. */
export interface Builders {
  makeStore(fields?: Fields): Promise<string>;
  makeTill(fields: { store: string } & Fields): Promise<string>;
  makeTaxClass(fields?: Fields): Promise<string>;
  makeCategory(fields?: Fields): Promise<string>;
  makeProduct(fields?: Fields): Promise<{ id: string; sku: string }>;
  makeService(fields?: Fields): Promise<{ id: string; sku: string }>;
  /** A stored-value plan: pay 100 get nothing more, unless told otherwise. */
  makeCardPlan(fields?: Fields): Promise<{ id: string; sku: string }>;
  makeMember(fields?: Fields): Promise<{ id: string; memberNo: string }>;
  /** The active programme, 100 points = ¥1, and a rule: 1 point per ¥1. */
  makePoints(fields?: Fields): Promise<{ programmeId: string; ruleId: string }>;
  /** A tier: 5 % off everything from ¥100 spent within 365 days, with 30 days of grace. */
  makeTier(fields: { code: string; rank: number } & Fields): Promise<string>;
  /** An entry of a tier's price list: ¥9 for this product or service. */
  makeTierPrice(fields: { tier: string } & Fields): Promise<string>;
  /** A coupon template: ¥1 off everything. */
  makeCouponTemplate(fields?: Fields): Promise<string>;
  /** A gift: 100 points, stock not counted, for everybody everywhere. */
  makeGift(fields?: Fields): Promise<string>;
  /** Somebody who can sign in, with a role for a store. */
  makeStaff(options: StaffOptions): Promise<Staff>;
}

const PASSWORD = 'Correct-horse-7-battery';
const unique = () => randomBytes(4).toString('hex').toUpperCase();

async function roleId(strapi: Core.Strapi, code: string): Promise<number> {
  if (code === 'owner') {
    const owner = await strapi.service('admin::role').getSuperAdmin();
    return owner.id as number;
  }
  const [role] = await kernel(strapi).database.query<{ id: number }>(
    'SELECT role_id AS id FROM tessera.access_role WHERE code = $1',
    [code],
  );
  if (!role) throw new Error(`There is no role template "${code}" in config/roles`);
  return role.id;
}

async function makeStaff(strapi: Core.Strapi, { role, store, name }: StaffOptions): Promise<Staff> {
  const tag = unique();
  const email = `${role}-${tag.toLowerCase()}@example.test`;
  const held = await roleId(strapi, role);
  const user = await strapi.service('admin::user').create({
    email,
    firstname: name ?? role,
    lastname: tag,
    password: PASSWORD,
    isActive: true,
    registrationToken: null,
    roles: [held],
  });
  if (role !== 'owner') {
    await kernel(strapi).database.query(
      'INSERT INTO tessera.assignment (staff_id, role_id, store_id) VALUES ($1, $2, $3)',
      [user.id, held, store ?? null],
    );
  }
  const profile = { staffNo: tag, name: name ?? `${role} ${tag}`, user: user.id, stores: store ? [store] : [] };
  await strapi.documents('api::staff-profile.staff-profile').create({ data: profile as never });
  return { id: String(user.id), email, password: PASSWORD, staffNo: tag };
}

/** Builders that write through Strapi's document service, as people do. */
export function createBuilders(strapi: Core.Strapi): Builders {
  async function make(uid: UID.ContentType, data: Fields): Promise<string> {
    const document = await strapi.documents(uid).create({ data: data as never });
    return document.documentId;
  }
  const names = (what: string) => ({ nameZh: `${what}${unique()}`, nameEn: `${what} ${unique()}` });
  let taxClass: Promise<string> | undefined;
  let category: Promise<string> | undefined;
  const makeTaxClass: Builders['makeTaxClass'] = (fields) =>
    make('api::tax-class.tax-class', { code: `TAX-${unique()}`, ...names('tax'), rate: 600, ...fields });
  const makeCategory: Builders['makeCategory'] = (fields) =>
    make('api::category.category', { code: `CAT-${unique()}`, ...names('category'), ...fields });
  async function makeItem(uid: UID.ContentType, fields: Fields): Promise<{ id: string; sku: string }> {
    taxClass ??= makeTaxClass();
    category ??= makeCategory();
    const links = { taxClass: await taxClass, category: await category };
    const data = { sku: `SKU-${unique()}`, ...names('item'), unitPrice: 1_000, ...links, ...fields };
    return { id: await make(uid, data), sku: data.sku };
  }
  return {
    makeTaxClass,
    makeCategory,
    makeStore: (fields) => make('api::store.store', { code: `S-${unique()}`, ...names('store'), ...fields }),
    makeTill: (fields) => make('api::till.till', { code: `T-${unique()}`, name: 'Till', ...fields }),
    makeProduct: (fields = {}) => makeItem('api::product.product', fields),
    makeService: (fields = {}) => makeItem('api::service.service', { durationMinutes: 30, ...fields }),
    async makeCardPlan(fields = {}) {
      const data = { sku: `CARD-${unique()}`, ...names('card'), unitPrice: 10_000, ...fields };
      return { id: await make('api::card-plan.card-plan' as UID.ContentType, data), sku: data.sku };
    },
    async makeMember(fields = {}) {
      const phone = `+86138${String(randomInt(100_000_000)).padStart(8, '0')}`;
      const data = { memberNo: `M-${unique()}`, name: '张三丰', phone, joinedAt: new Date().toISOString(), ...fields };
      return { id: await make('api::member.member', data), memberNo: data.memberNo };
    },
    async makePoints(fields = {}) {
      const programme = { code: `P-${unique()}`, nameZh: '积分', nameEn: 'Points', active: true, ...fields };
      const args = { points: 1, amount: 100 };
      const rule = { code: `R-${unique()}`, nameZh: '每元 1 分', nameEn: '1 point per ¥1', kind: 'per-money', args };
      return {
        programmeId: await make('api::points-programme.points-programme' as UID.ContentType, programme),
        ruleId: await make('api::earn-rule.earn-rule' as UID.ContentType, rule),
      };
    },
    makeTier: (fields) =>
      make('api::tier.tier' as UID.ContentType, {
        ...names(fields.code),
        spendFrom: 10_000,
        discountRate: 500,
        ...fields,
      }),
    makeTierPrice: (fields) => make('api::tier-price.tier-price' as UID.ContentType, { unitPrice: 900, ...fields }),
    makeCouponTemplate: (fields) =>
      make('api::coupon-template.coupon-template' as UID.ContentType, {
        code: `C-${unique()}`,
        ...names('coupon'),
        kind: 'fixed',
        args: { amount: 100 },
        ...fields,
      }),
    makeGift: (fields) =>
      make('api::gift.gift' as UID.ContentType, {
        code: `G-${unique()}`,
        ...names('gift'),
        points: 100,
        counted: false,
        ...fields,
      }),
    makeStaff: (options) => makeStaff(strapi, options),
  };
}
