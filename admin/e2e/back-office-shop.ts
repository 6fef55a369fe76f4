import { randomUUID } from 'node:crypto';
import type { Panel, Person } from './harness';

/** What nobody may meet who has no right to it, in the forms in which it could leak. */
export const PRIVATE = {
  name: '林晓月',
  phone: '+8613911112222',
  birthday: '1990-05-17',
  note: 'Allergic to nut oil; prefers the quiet chair',
} as const;
export const LEAKS: readonly string[] = ['13911112222', PRIVATE.birthday, 'Allergic'];

/** Two stores with a history: what the back office looks like on an ordinary day. */
export interface BackOfficeShop {
  storeId: string;
  otherStoreId: string;
  tillId: string;
  productId: string;
  memberId: string;
  /** Of the sale that the member made, with a discount. */
  transactionId: string;
  /** Manager of the store only, with a staff profile. */
  manager: Person & { id: string; staffNo: string };
  owner: Person;
  points: { programmeId: string; ruleId: string };
  cardPlanId: string;
  templateId: string;
  issueId: string;
  tierId: string;
  tierPriceId: string;
  giftId: string;
  handoutId: string;
  /** Cashier of the store; the manager may give roles to them. */
  colleague: { profileId: string; name: string };
}

export const NAMES = ['Ada Moreau', '陈伟', 'Ines Vogel', '赵丽颖', 'Ken Watts', 'Lea Brandt', '孙悦', 'Max Orlov'];
const SALE_REASON = 'Regular customer';

async function makeCatalogue({ tessera }: Panel): Promise<{ productId: string; sku: string }> {
  const taxClass = await tessera.makeTaxClass({ code: 'REDUCED', nameEn: 'Reduced rate', nameZh: '低税率', rate: 600 });
  const drinks = { code: 'DRINKS', nameEn: 'Drinks', nameZh: '饮品', colour: '#0f766e', position: 1 };
  const category = await tessera.makeCategory(drinks);
  const links = { taxClass, category };
  const coffee = { sku: 'COF-1', nameEn: 'Flat white', nameZh: '澳白咖啡', unitPrice: 2_800, cost: 900, ...links };
  const product = await tessera.makeProduct({ ...coffee, barcodes: ['6900000001015'] });
  await tessera.makeProduct({ sku: 'TEA-1', nameEn: 'Jasmine tea', nameZh: '茉莉花茶', unitPrice: 1_200, ...links });
  await tessera.makeService({ sku: 'CUT-1', nameEn: 'Haircut', nameZh: '剪发', unitPrice: 6_800, ...links });
  return { productId: product.id, sku: product.sku };
}

async function makeMembers({ tessera }: Panel, homeStore: string): Promise<string> {
  for (const [index, name] of NAMES.entries()) {
    await tessera.makeMember({ memberNo: `M-10${index}`, name, homeStore, tags: index % 2 ? ['regular'] : null });
  }
  // More than a page, so that there is something to turn.
  for (let index = 0; index < 16; index += 1) {
    await tessera.makeMember({ memberNo: `M-2${String(index).padStart(2, '0')}`, name: `Guest ${index}`, homeStore });
  }
  const { id } = await tessera.makeMember({ memberNo: 'M-001', ...PRIVATE, homeStore, gender: 'female' });
  return id;
}

/** A sale to the member with a discount, so that there is something to explain. */
async function sellTo({ tessera }: Panel, sale: { token: string; body: object }): Promise<string> {
  const answer = await tessera
    .as(sale.token)
    .post('/api/checkout/transactions')
    .set('Idempotency-Key', randomUUID())
    .send(sale.body)
    .expect(201);
  return (answer.body as { id: string }).id;
}

async function profileOf({ tessera }: Panel, staffNo: string): Promise<string> {
  const staff = tessera.strapi.documents('api::staff-profile.staff-profile');
  const [profile] = await staff.findMany({ filters: { staffNo } as never });
  return profile?.documentId ?? '';
}

/** A batch of codes, and a coupon for the member. */
async function issueCoupons(
  { tessera }: Panel,
  { token, templateId, memberId }: Record<'token' | 'templateId' | 'memberId', string>,
): Promise<string> {
  const post = (path: string, body: object) =>
    tessera
      .as(token)
      .post(`/api/campaigns/${path}`)
      .set('Idempotency-Key', randomUUID())
      .send({ templateId, reason: SALE_REASON, ...body })
      .expect(201);
  await post('coupon-issues', { memberIds: [memberId] });
  return (await post('coupon-batches', { count: 3 })).body.id;
}

/** A gift with pieces in a store, one of which the member has. */
async function giveGift(
  { tessera }: Panel,
  { token, storeId, memberId }: Record<'token' | 'storeId' | 'memberId', string>,
): Promise<{ giftId: string; handoutId: string }> {
  const post = (path: string, body: object) =>
    tessera.as(token).post(`/api/points/${path}`).set('Idempotency-Key', randomUUID()).send(body).expect(201);
  const giftId = await tessera.makeGift({ code: 'MUG', nameZh: '马克杯', nameEn: 'Mug', points: 40, counted: true });
  await post(`gifts/${giftId}/stock-moves`, { storeId, kind: 'received', quantity: 24 });
  return { giftId, handoutId: (await post('gift-handouts', { giftId, memberId, storeId })).body.id };
}

/** By topping up, too. */
const TOP_UP = { topUpFrom: 300_000 };

/** Fills a booted, empty panel. */
export async function openBackOfficeShop(panel: Panel): Promise<BackOfficeShop> {
  const { tessera } = panel;
  const storeId = await tessera.makeStore({ code: 'RIVER', nameEn: 'Riverside', nameZh: '江边店' });
  const otherStoreId = await tessera.makeStore({ code: 'HILL', nameEn: 'Hilltop', nameZh: '山顶店' });
  const tillId = await tessera.makeTill({ store: storeId, code: 'R1', name: 'R1' });
  await tessera.makeTill({ store: otherStoreId, code: 'H1', name: 'H1' });
  const { productId, sku } = await makeCatalogue(panel);
  const points = await tessera.makePoints();
  const templateId = await tessera.makeCouponTemplate({ code: 'TEN', nameZh: '满减券', nameEn: 'Ten off' });
  const sold = { nameEn: 'Pay 500, get 60', nameZh: '充500送60', unitPrice: 50_000, bonus: 6_000 };
  const cardPlan = await tessera.makeCardPlan(sold);
  const tierId = await tessera.makeTier({ code: 'SILVER', rank: 1, nameEn: 'Silver', nameZh: '银卡', visitsFrom: 12 });
  await tessera.makeTier({
    code: 'GOLD',
    rank: 2,
    nameEn: 'Gold',
    nameZh: '金卡',
    spendFrom: 500_000,
    visitsFrom: 40,
    ...TOP_UP,
  });
  const memberId = await makeMembers(panel, storeId);
  const manager = await tessera.makeStaff({ role: 'store-manager', store: storeId, name: 'Mara Lindt' });
  const owner = await tessera.makeStaff({ role: 'owner', name: 'Otto Reyes' });
  const colleague = await tessera.makeStaff({ role: 'cashier', store: storeId, name: 'Cleo Park' });
  const body = {
    storeId,
    tillId,
    memberId,
    lines: [
      { sku, quantity: 2 },
      { sku: 'CUT-1', quantity: 1 },
    ],
    manualDiscount: { kind: 'percent', basisPoints: 1_000, reason: SALE_REASON },
    tenders: [{ method: 'card', amount: 11_160 }],
  };
  const token = await tessera.signInAs(manager);
  const transactionId = await sellTo(panel, { token, body });
  return {
    storeId,
    otherStoreId,
    tillId,
    productId,
    memberId,
    transactionId,
    points,
    cardPlanId: cardPlan.id,
    templateId,
    issueId: await issueCoupons(panel, { token: await tessera.signInAs(owner), templateId, memberId }),
    tierId,
    tierPriceId: await tessera.makeTierPrice({ tier: tierId, product: productId, unitPrice: 2_500 }),
    ...(await giveGift(panel, { token, storeId, memberId })),
    manager,
    owner,
    colleague: { profileId: await profileOf(panel, colleague.staffNo), name: 'Cleo Park' },
  };
}

/** What people entered: it stands in its own language on every screen. */
export const OWN_WORDS: readonly string[] = [
  ...NAMES,
  ...['充500送60', 'Pay 500, get 60'],
  ...['Guest', 'regular', PRIVATE.name, PRIVATE.note, SALE_REASON, 'Mara Lindt', 'Otto Reyes', 'Cleo Park'],
  ...['马克杯', 'Mug'],
  ...['银卡', '金卡', 'Silver', 'Gold'],
  ...['满减券', 'Ten off', '积分', 'Points', '每元 1 分', '1 point per ¥1'],
  ...['江边店', '山顶店', '澳白咖啡', '茉莉花茶', '剪发', 'Flat white', 'Riverside', '饮品', '低税率', 'Asia/Shanghai'],
];
