import { randomUUID } from 'node:crypto';
import { kernel } from '@tessera/kernel/public';
import type { Page } from 'playwright-core';
import {
  accessibilityFaults,
  openPanel,
  screenshot,
  settle,
  show,
  shows,
  TAKES_PICTURES,
  textFaults,
  type Panel,
} from './harness';
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

/** As marketing and the manager have prepared it: two gifts, one of them in stock, and a member with points. */
async function prepareGifts(name: string, phone: string): Promise<{ mugId: string; memberId: string }> {
  const { tessera } = panel;
  const post = (path: string, body: object) =>
    tessera.as(token).post(`/api/points/${path}`).set('Idempotency-Key', randomUUID()).send(body).expect(201);
  const { storeId } = shop;
  const { id: memberId } = await tessera.makeMember({ name, phone, homeStore: storeId });
  const mugId = await tessera.makeGift({
    nameZh: '马克杯',
    nameEn: 'Mug',
    points: 300,
    counted: true,
    limitPerMember: 2,
  });
  await tessera.makeGift({ nameZh: '帆布袋', nameEn: 'Canvas tote', points: 800 });
  await tessera.makeGift({ nameZh: '钥匙扣', nameEn: 'Key ring', points: 50, counted: true });
  await post(`gifts/${mugId}/stock-moves`, { storeId, kind: 'received', quantity: 3 });
  await post(`members/${memberId}/adjustments`, { amount: 500, reason: 'moved here', storeId });
  return { mugId, memberId };
}

test('a cashier hands out a gift in three inputs, the slip has a number, and it comes back with a reason', async () => {
  const { tessera } = panel;
  await tessera.makePoints();
  await prepareGifts('李小雨', '+8613900008822');
  const cashier = await tessera.makeStaff({ role: 'cashier', store: shop.storeId, name: '周倩' });
  const page = await panel.openSignedIn(cashier, '/');
  await goToTill(page);
  await page.locator('.till-tile', { hasText: 'Flat white' }).click();
  await page.getByLabel('Find a member').fill('8822');
  await page.getByRole('option').first().click();
  await page.getByText('500 points · earns 28 points').waitFor();

  await page.getByRole('button', { name: 'Gifts for points' }).click();
  const sheet = page.getByRole('dialog');
  await sheet.getByText('300 points short').waitFor();
  await sheet.getByText('None left').waitFor();
  await settle(page);
  await screenshot(page, 'till-gifts');
  expect(await accessibilityFaults(page)).toEqual([]);
  expect(await textFaults(page, ['李小雨', '周倩'])).toEqual([]);
  // Turned upright, the tablet keeps what is open.
  await show(page, { language: 'en', size: 'tablet', appearance: 'light' });
  await sheet.getByText('300 points short').waitFor();
  await page.keyboard.press('Escape');
  await sheet.waitFor({ state: 'detached' });
  await show(page, { language: 'zh-CN', size: 'tablet', appearance: 'light' });
  await page.getByRole('button', { name: '积分换礼' }).click();
  await sheet.getByText('还差 300 积分').waitFor();
  await settle(page);
  await screenshot(page, 'till-gifts');
  expect(await textFaults(page, ['李小雨', '周倩'])).toEqual([]);
  await page.keyboard.press('Escape');
  await sheet.waitFor({ state: 'detached' });
  await show(page, { language: 'en', size: 'desktop', appearance: 'light' });
  await page.getByRole('button', { name: 'Gifts for points' }).click();
  await sheet.getByRole('button', { name: 'Choose Mug' }).click();
  await sheet.getByText('Mug for 300 points. 200 points stay.').waitFor();
  await settle(page);
  await screenshot(page, 'till-gift-confirm');
  await page.keyboard.press('Enter');
  await sheet.getByText('Handed out: Mug').waitFor();
  await settle(page);
  await screenshot(page, 'till-gift-given');
  expect(await accessibilityFaults(page)).toEqual([]);
  expect(await sheet.locator('.gift-slip').innerText()).toMatch(/-G\d{6}-1$/);
  // The paper as the printer would get it.
  await page.addInitScript(() => {
    window.print = () => Object.assign(window.top ?? window, { printed: document.body.innerText });
  });
  await sheet.getByRole('button', { name: 'Print slip' }).click();
  const printed = await page.waitForFunction(() => (window as { printed?: string }).printed);
  expect(await printed.jsonValue()).toMatch(/Riverside\s+Mug\s+Slip\s+\S+-G\d{6}-1\s+Points taken\s+300/);
  // Under the sheet the member has fewer points already.
  await page.getByText('200 points · earns 28 points').waitFor();

  await sheet.getByRole('button', { name: 'Another gift' }).click();
  await sheet.getByText('100 points short').waitFor();
  await sheet.getByRole('button', { name: 'Take back' }).click();
  const why = page.getByRole('dialog', { name: /^Take back / });
  await why.getByLabel('Why?').fill('The wrong colour');
  await settle(page);
  await screenshot(page, 'till-gift-back');
  await why.getByRole('button', { name: 'Take back' }).click();
  await why.waitFor({ state: 'detached' });
  await sheet.getByText('500 points to spend').waitFor();
  await sheet.getByText('Taken back', { exact: true }).waitFor();
  await page.keyboard.press('Escape');
  await sheet.waitFor({ state: 'detached' });
  await panel.release(page);
});

test('a manager receives gifts and corrects a count, and the page of the gift says why there are so many', async () => {
  const { mugId, memberId } = await prepareGifts('李大山', '+8613900008833');
  const handout = { giftId: mugId, memberId, storeId: shop.storeId };
  const path = '/api/points/gift-handouts';
  await panel.tessera.as(token).post(path).set('Idempotency-Key', randomUUID()).send(handout).expect(201);
  const manager = await panel.tessera.makeStaff({ role: 'store-manager', store: shop.storeId });
  const page = await panel.openSignedIn(manager, `/gifts/${mugId}`);
  await page.getByRole('button', { name: 'Receive or correct' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Pieces').fill('10');
  await dialog.getByText('Riverside has 2 now and 12 afterwards.').waitFor();
  await dialog.getByText('Correct by count').click();
  await dialog.getByLabel('Pieces that are there').fill('2');
  await dialog.getByText('That is what the books say already.').waitFor();
  await dialog.getByLabel('Pieces that are there').fill('1');
  await dialog.getByLabel('Why?').fill('One is broken');
  await settle(page);
  await screenshot(page, 'gift-stock-dialog');
  expect(await accessibilityFaults(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.getByRole('cell', { name: 'One is broken' }).waitFor();
  await settle(page);
  await screenshot(page, 'gift-page');
  await show(page, { language: 'zh-CN', size: 'tablet', appearance: 'light' });
  await screenshot(page, 'gift-page');
  await show(page, { language: 'en', size: 'desktop', appearance: 'light' });

  await page.goto(`/members/${memberId}`);
  await page
    .getByRole('link', { name: /^Mug, slip / })
    .first()
    .waitFor();
  await page.getByText('Given for a gift').first().scrollIntoViewIfNeeded();
  await settle(page);
  await screenshot(page, 'member-gift-entries');
  await page
    .getByRole('link', { name: /^Mug, slip / })
    .first()
    .click();
  await page.getByRole('button', { name: 'Take back' }).waitFor();
  await settle(page);
  await screenshot(page, 'gift-handout');
  await panel.release(page);
});

/** Chooses in a select of a form, found while typing. */
async function choose(page: Page, label: string, option: string): Promise<void> {
  await page.getByRole('combobox', { name: label, exact: true }).click();
  await page.locator('.ant-select-item-option', { hasText: option }).first().click();
}

/** In Chinese on a tablet and in English on a desktop, which it is left in. */
async function pictures(page: Page, name: string): Promise<void> {
  if (!TAKES_PICTURES) return;
  for (const view of [
    { language: 'zh-CN', size: 'tablet' },
    { language: 'en', size: 'desktop' },
  ] as const) {
    await show(page, { ...view, appearance: 'light' });
    await settle(page);
    await screenshot(page, name);
  }
}

test('marketing makes a tier with a birthday gift and a price list by forms', async () => {
  await panel.tessera.makeCouponTemplate({ nameZh: '生日咖啡', nameEn: 'Birthday coffee', validDays: 14 });
  const marketing = await panel.tessera.makeStaff({ role: 'marketing' });
  const page = await panel.openSignedIn(marketing, '/tiers/new');
  for (const [label, text] of Object.entries({ Code: 'gold', 'Chinese name': '金卡', 'English name': 'Gold' })) {
    await page.getByLabel(label, { exact: true }).fill(text);
  }
  await page.getByLabel('Rank (higher is better)').fill('2');
  await page.getByLabel('Birthday gift: points').fill('500');
  await page.getByLabel('Days these points last').fill('60');
  await choose(page, 'Birthday gift: coupon', 'Birthday coffee');
  await settle(page);
  expect(await accessibilityFaults(page)).toEqual([]);
  await pictures(page, 'tier-new');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('heading', { name: 'Gold' }).waitFor();
  await page.getByText('No item has a price of its own in this tier.').waitFor();
  await page.getByRole('button', { name: 'Add a price' }).click();
  await choose(page, 'Product', 'Flat white');
  await page.getByLabel('Price', { exact: true }).fill('25');
  await settle(page);
  expect(await accessibilityFaults(page, ['shell'])).toEqual([]);
  await pictures(page, 'tier-price-new');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('heading', { name: /^gold · / }).waitFor();
  // By key: what tells that it is saved lies over the button for a while.
  await page.getByRole('link', { name: 'Price list of the tier' }).press('Enter');
  await page.getByRole('row', { name: /Flat white ¥25.00 Always/ }).waitFor();
  expect(await page.locator('main').innerText()).toMatch(/Birthday gift: points\s+500/);
  await pictures(page, 'tier-page');
  await panel.release(page);
});

/** The job of today, and what it gave. */
async function giveBirthdayGifts(): Promise<void> {
  const support = panel.tessera.as(await panel.tessera.signIn('support'));
  await support.post('/api/backoffice/jobs/birthday-gifts/runs').expect(202);
  const { database } = kernel(panel.tessera.strapi);
  for (let tries = 0; tries < 200; tries++) {
    const [gift] = await database.query('SELECT 1 FROM tessera.birthday_gift');
    if (gift) return;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error('nobody was given anything');
}

test('a member who is given the tier has its price at the till, and his page says what his birthday gift is', async () => {
  const members = panel.tessera.strapi.documents('api::member.member');
  const today = new Date().toLocaleDateString('sv-SE', { timeZone: 'Asia/Shanghai' });
  const birthday = `1990${today.slice(4)}`;
  await members.update({ documentId: shop.member.id, data: { birthday, homeStore: shop.storeId } as never });
  const manager = await panel.tessera.makeStaff({ role: 'store-manager', store: shop.storeId });
  const page = await panel.openSignedIn(manager, `/members/${shop.member.id}`);
  await page.getByRole('button', { name: 'Give a tier by hand' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Tier').click();
  await page.locator('.ant-select-item-option', { hasText: 'Gold' }).click();
  await dialog.getByLabel('Why?').fill('An old friend');
  await settle(page);
  expect(await accessibilityFaults(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.waitFor({ state: 'detached' });
  await giveBirthdayGifts();
  await page.reload();
  await page.getByText('Birthday gift · Gold').first().waitFor();
  const coupon = page.getByRole('row', { name: /Birthday coffee/ });
  await coupon.getByRole('button').first().click();
  await page.locator('.ant-table-expanded-row').getByText('Birthday gift').waitFor();
  await settle(page);
  expect(await page.locator('main').innerText()).toMatch(/Earned[^\n]*\n?[^\n]*500/);
  await pictures(page, 'member-birthday-gift');
  await panel.release(page);

  const owner = await panel.tessera.makeStaff({ role: 'owner' });
  const till = await panel.openSignedIn(owner, '/');
  await goToTill(till);
  await till.locator('.till-tile', { hasText: 'Flat white' }).click();
  await till.getByLabel('Find a member').fill(shop.member.lastFour);
  await till.getByRole('option').first().click();
  await till.getByText('Birthday today').waitFor();
  await till.getByText('Gold price list').waitFor();
  await till.getByText('¥28.00 → ¥25.00').waitFor();
  await settle(till);
  await screenshot(till, 'till-birthday');
  await panel.release(till);
});
