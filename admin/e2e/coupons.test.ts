import { randomUUID } from 'node:crypto';
import { accessibilityFaults, openPanel, screenshot, settle, show, shows, textFaults, type Panel } from './harness';
import { goToTill, openShop, scan, type Shop } from './till-shop';

let panel: Panel;
let shop: Shop;
let token: string;

beforeAll(async () => {
  panel = await openPanel();
  shop = await openShop(panel);
  token = await panel.tessera.signIn('owner');
});
afterAll(() => panel?.close());

async function issue(templateId: string, more: object): Promise<string> {
  const path = 'memberIds' in more ? 'coupon-issues' : 'coupon-batches';
  const made = await panel.tessera
    .as(token)
    .post(`/api/campaigns/${path}`)
    .set('Idempotency-Key', randomUUID())
    .send({ templateId, reason: 'autumn leaflet', ...more })
    .expect(201);
  return made.body.id;
}

async function codeOf(issueId: string): Promise<string> {
  const rows = await panel.tessera.as(token).get(`/api/backoffice/coupons?issueId=${issueId}`).expect(200);
  return rows.body[0].code;
}

test('a cashier uses the coupon that saves most, is told why another one cannot be used, and sells', async () => {
  const { tessera } = panel;
  const memberIds = [shop.member.id];
  const names = (zh: string, en: string) => ({ nameZh: zh, nameEn: en });
  const off = { ...names('满100减10', '10 off 100'), args: { amount: 1_000 }, minimum: 10_000 };
  const percent = { ...names('八折券', '20 % off'), kind: 'percent', args: { rate: 2_000, cap: 3_000 } };
  for (const template of [off, percent]) await issue(await tessera.makeCouponTemplate(template), { memberIds });
  const leaflet = await codeOf(await issue(await tessera.makeCouponTemplate(names('传单券', 'Leaflet')), { count: 1 }));

  const cashier = await tessera.makeStaff({ role: 'cashier', store: shop.storeId });
  const page = await panel.openSignedIn(cashier, '/');
  await goToTill(page);
  await page.locator('.till-tile', { hasText: 'Flat white' }).click();
  await page.getByLabel('Find a member').fill(shop.member.lastFour);
  await page.getByRole('option').first().click();
  await page.getByRole('button', { name: 'Use 20 % off · saves ¥5.60' }).click();
  await page.getByText('-¥5.60').first().waitFor();
  await page.getByRole('button', { name: 'Coupons (1)' }).click();
  await page.getByText('¥72.00 more of its goods to reach ¥100.00.').waitFor();
  await settle(page);
  await screenshot(page, 'till-coupons');
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await scan(page, leaflet);
  await page.getByText('-¥1.00').first().waitFor();
  await settle(page);
  await screenshot(page, 'till-coupon-chips');
  expect(await textFaults(page, ['王小明'])).toEqual([]);
  await show(page, { language: 'zh-CN', size: 'desktop', appearance: 'light' });
  await screenshot(page, 'till-coupon-chips');
  await show(page, { language: 'en', size: 'desktop', appearance: 'light' });
  await page.getByRole('button', { name: 'Remove coupon Leaflet' }).click();
  await page.getByText('-¥1.00').waitFor({ state: 'detached' });
  await panel.release(page);
});

test("a manager gives a member a coupon, and the member's page tells its story", async () => {
  await panel.tessera.makeCouponTemplate({ nameZh: '致歉券', nameEn: 'Apology' });
  const manager = await panel.tessera.makeStaff({ role: 'store-manager', store: shop.storeId });
  await panel.tessera.strapi
    .documents('api::member.member')
    .update({ documentId: shop.member.id, data: { homeStore: shop.storeId } as never });
  const page = await panel.openSignedIn(manager, `/members/${shop.member.id}`);
  await page.getByRole('button', { name: 'Give a coupon' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Coupon template').click();
  await page.getByTitle('Apology').click();
  await dialog.getByLabel('Reason').fill('Waited too long');
  await dialog.getByRole('button', { name: 'Give a coupon' }).click();
  const row = page.getByRole('row', { name: /Apology/ });
  await row.waitFor();
  await row.getByRole('button').first().click();
  await page.getByText('Waited too long').waitFor();
  await settle(page);
  await shows(row, /…\w{4}/);
  await screenshot(page, 'member-coupons');
  await show(page, { language: 'zh-CN', size: 'tablet', appearance: 'light' });
  await screenshot(page, 'member-coupons');
  await panel.release(page);
});

test('points are given by hand with a reason, and the entry says who and why', async () => {
  const manager = await panel.tessera.makeStaff({ role: 'store-manager', store: shop.storeId });
  const chinese = { language: 'zh-CN', size: 'tablet' } as const;
  const page = await panel.openSignedIn(manager, `/members/${shop.member.id}`, chinese);
  await page.getByRole('button', { name: '调整积分' }).click();
  await page.getByRole('dialog').getByRole('spinbutton').fill('40');
  await screenshot(page, 'member-points-dialog');
  await page.keyboard.press('Escape');
  await show(page, { language: 'en', size: 'desktop', appearance: 'light' });
  await page.getByRole('button', { name: 'Adjust points' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('spinbutton').fill('40');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.getByText('Say why, in at least two characters').waitFor();
  await dialog.getByLabel('Why').fill('Missed at the till');
  await settle(page);
  expect(await accessibilityFaults(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.getByText(/: Missed at the till/).waitFor();
  await panel.release(page);
});

test('marketing makes a batch of codes from a template and sees what becomes of it', async () => {
  const templateId = await panel.tessera.makeCouponTemplate({ nameZh: '立减券', nameEn: 'Amount off' });
  const marketing = await panel.tessera.makeStaff({ role: 'marketing' });
  const page = await panel.openSignedIn(marketing, `/coupon-templates/${templateId}`);
  await page.getByRole('button', { name: 'Make codes' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('How many').fill('25');
  await dialog.getByLabel('Reason').fill('Autumn leaflet');
  await screenshot(page, 'coupon-batch');
  await dialog.getByRole('button', { name: 'Make the codes' }).click();
  await page.getByRole('heading', { name: 'Autumn leaflet' }).waitFor();
  await settle(page);
  await shows(page.locator('main'), /Coupons\s+25/);
  await screenshot(page, 'coupon-issue');
  await page.getByRole('link', { name: 'Coupons of this issue' }).click();
  await page.getByText('Usable').first().waitFor();
  await settle(page);
  await screenshot(page, 'coupon-list');
  await panel.release(page);
});
