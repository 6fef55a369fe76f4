import { randomUUID } from 'node:crypto';
import { kernel } from '@tessera/kernel/public';
import type { Locator, Page } from 'playwright-core';
import { makePng } from '../../config/presets/testing';
import { openBackOfficeShop, PRIVATE, type BackOfficeShop } from './back-office-shop';
import { accessibilityFaults, openPanel, screenshot, settle, show, shows, TAKES_PICTURES, type Panel } from './harness';
import { goToTill } from './till-shop';

let panel: Panel;
let shop: BackOfficeShop;
beforeAll(async () => {
  panel = await openPanel();
  shop = await openBackOfficeShop(panel);
});
afterAll(() => panel?.close());

const rows = (page: Page) => page.locator('.clickable-row');
const firstCell = (page: Page, index = 0) => rows(page).nth(index).locator('td').first();
const button = (on: Page | Locator, name: string | RegExp) => on.getByRole('button', { name });

/** Ant Design may leave its spinner in the button, without width, after the answer came. */
const SAVE = /^(loading )?Save$/;

const search = (page: Page) => page.getByRole('textbox', { name: 'Search' });

/** Waits for the list to hold so many rows. */
async function waitForRows(page: Page, count: number): Promise<void> {
  await page.waitForFunction((wanted) => document.querySelectorAll('.clickable-row').length === wanted, count);
}

/** Opens a select of Ant Design and takes one of its options. */
async function choose(page: Page, field: Locator, option: string): Promise<void> {
  await field.click();
  await page.locator('.ant-select-item-option', { hasText: option }).first().click();
}

test('a search, a filter, an order and a page stay in the address and survive a reload', async () => {
  const page = await panel.openSignedIn(shop.owner, '/members');
  await search(page).fill('Ada');
  await waitForRows(page, 1);
  await page.reload();
  await waitForRows(page, 1);
  expect(await search(page).inputValue()).toBe('Ada');
  await search(page).fill('');
  await waitForRows(page, 20);
  await page.getByRole('columnheader', { name: 'Member number' }).click();
  await page.locator('td', { hasText: 'M-001' }).waitFor();
  await settle(page);
  await page.getByTitle('2', { exact: true }).click();
  await waitForRows(page, 5);
  const lastPage = await rows(page).allInnerTexts();
  await page.reload();
  await waitForRows(page, 5);
  await settle(page);
  expect(await rows(page).allInnerTexts()).toEqual(lastPage);
  await button(page, 'Filters').click();
  await choose(page, page.locator('.filter-panel .ant-select', { has: page.locator('#filter-gender') }), 'Female');
  await waitForRows(page, 1);
  await page.reload();
  await waitForRows(page, 1);
  await shows(firstCell(page), PRIVATE.name);
  await panel.release(page);
});

test('a row opens the essentials, its page the history, and a sale explains its price', async () => {
  const page = await panel.openSignedIn(shop.manager, '/members');
  await rows(page).filter({ hasText: 'M-001' }).locator('td').nth(1).click();
  const drawer = page.getByRole('dialog');
  await drawer.getByText('Home store').waitFor();
  await button(drawer, 'Open page').click();
  await page.getByRole('heading', { name: PRIVATE.name }).waitFor();
  await page.getByRole('link', { name: /^R1-/ }).click();
  await page.getByText('List total').waitFor();
  const explanation = await page.locator('main').innerText();
  expect(explanation).toContain('Discount 10% · Regular customer -¥5.60');
  expect(explanation).toMatch(/Discount\s+-¥12\.40/);
  expect(explanation).toMatch(/Total\s+¥111\.60/);
  await panel.release(page);
});

test('a wrong phone number is refused at its field; corrected, the member is made', async () => {
  const page = await panel.openSignedIn(shop.manager, '/members');
  await button(page, 'New member').click();
  await page.locator('#name').fill('Nora Feld');
  await page.getByLabel('Phone').fill('12');
  await button(page, 'Save').click();
  const field = page.locator('.ant-form-item', { has: page.getByLabel('Phone') });
  await field.locator('.ant-form-item-explain-error').waitFor();
  await shows(field, 'not a phone number');
  expect(await page.locator('#name').inputValue()).toBe('Nora Feld');
  await page.getByLabel('Phone').fill('138 0013 8000');
  await button(page, 'Save').click();
  await page.getByRole('heading', { name: 'Nora Feld' }).waitFor();
  // The manager sees it masked, in the form in which it is kept.
  await shows(page.locator('main'), /\+86\d?\*+8000/);
  await panel.release(page);
});

test('changes that are not saved are not lost by a stray click', async () => {
  const page = await panel.openSignedIn(shop.owner, `/products/${shop.productId}/edit`);
  const name = page.getByLabel('English name');
  await name.fill('Long black');
  const asked: string[] = [];
  page.once('dialog', (dialog) => {
    asked.push(dialog.message());
    void dialog.dismiss();
  });
  await page.getByRole('menuitem', { name: 'Stores' }).click();
  expect(asked).toEqual(['There are changes that are not saved. Leave all the same?']);
  expect(await name.inputValue()).toBe('Long black');
  page.once('dialog', (dialog) => void dialog.accept());
  await page.getByRole('menuitem', { name: 'Stores' }).click();
  await page.getByRole('heading', { name: 'Stores' }).waitFor();
  await panel.release(page);
});

test('two people change one record: both versions are shown, neither is lost unseen', async () => {
  const { id } = await panel.tessera.makeMember({ name: 'Rosa Kern', homeStore: shop.storeId });
  const [mine, theirs] = await Promise.all(
    [shop.owner, shop.owner].map((person) => panel.openSignedIn(person, `/members/${id}/edit`)),
  );
  if (!mine || !theirs) throw new Error('Two pages are needed');
  await theirs.locator('#name').fill('Rosa Kern-Abt');
  await theirs.getByLabel('Note').fill('Moved house');
  await button(theirs, 'Save').click();
  await theirs.getByRole('heading', { name: 'Rosa Kern-Abt' }).waitFor();

  await mine.locator('#name').fill('Rosa Abt');
  await button(mine, SAVE).click();
  const dialog = mine.getByRole('dialog');
  await dialog.getByText('Somebody else saved this in the meantime').waitFor();
  await shows(dialog, /Rosa Kern-Abt\s+Rosa Abt/);
  await button(dialog, 'Back to the form').click();
  await dialog.waitFor({ state: 'hidden' });
  expect(await mine.locator('#name').inputValue()).toBe('Rosa Abt');
  await button(mine, SAVE).click();
  await button(dialog, 'Save mine over it').click();
  await mine.getByRole('heading', { name: 'Rosa Abt' }).waitFor();
  // Only what I changed goes over theirs.
  await shows(mine.locator('main'), 'Moved house');
  await panel.release(mine);
  await panel.release(theirs);
});

test('revealing a phone number needs a reason and stands on the trail', async () => {
  const page = await panel.openSignedIn(shop.manager, `/members/${shop.memberId}`);
  expect(await page.locator('main').innerText()).not.toContain(PRIVATE.phone);
  await button(page, 'Reveal').click();
  const dialog = page.getByRole('dialog');
  await button(dialog, 'Reveal').click();
  await dialog.getByText('Say why, in at least two characters').waitFor();
  await dialog.getByLabel('Why do you need it?').fill('Asked to be called back');
  await button(dialog, 'Reveal').click();
  await dialog.getByText(PRIVATE.phone).waitFor();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  expect(await page.content()).not.toContain(PRIVATE.phone);
  await page.getByRole('menuitem', { name: 'Audit trail' }).click();
  const entry = rows(page).filter({ hasText: 'Asked to be called back' });
  await entry.waitFor();
  await shows(entry, 'Mara Lindt');
  await entry.getByText('Reveal masked personal data').waitFor();
  await panel.release(page);
});

async function findTwin(page: Page, memberNo: string, texts: { open: string; find: string }): Promise<void> {
  await button(page, texts.open).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(texts.find).fill(memberNo);
  await button(dialog, new RegExp(memberNo)).click();
  await settle(page);
}

/** Both languages, both sizes; ends as it began. */
async function lookInBoth(page: Page, name: string): Promise<void> {
  if (!TAKES_PICTURES) return;
  await screenshot(page, name);
  await show(page, { language: 'zh-CN', size: 'tablet', appearance: 'light' });
  await settle(page);
  await screenshot(page, name);
  await show(page, { language: 'en', size: 'desktop', appearance: 'light' });
}

test('a manager makes one member of two, sees what adds up before, and takes it apart again', async () => {
  const { tessera } = panel;
  const token = await tessera.signInAs(shop.owner);
  const twin = { name: '林小月', homeStore: shop.storeId, gender: 'male', tags: ['allergic'] };
  const [kept, duplicate] = [
    await tessera.makeMember({ ...twin, tags: null }),
    await tessera.makeMember({ ...twin, name: '林晓越' }),
  ];
  for (const { id, amount } of [
    { ...kept, amount: 30 },
    { ...duplicate, amount: 70 },
  ]) {
    const gift = tessera.as(token).post(`/api/points/members/${id}/adjustments`).set('Idempotency-Key', randomUUID());
    await gift.send({ amount, reason: 'a gift', storeId: shop.storeId }).expect(201);
  }
  const page = await panel.openSignedIn(shop.manager, `/members/${kept.id}`);
  const dialog = page.getByRole('dialog');
  await show(page, { language: 'zh-CN', size: 'tablet', appearance: 'light' });
  await findTwin(page, duplicate.memberNo, { open: '与其他会员合并…', find: '另一位会员的会员号、手机号或姓名' });
  await screenshot(page, 'member-merge');
  await page.keyboard.press('Escape');
  await show(page, { language: 'en', size: 'desktop', appearance: 'light' });
  await findTwin(page, duplicate.memberNo, { open: 'Merge with…', find: 'Number, phone or name of the other one' });
  await dialog.getByLabel('Name: from the duplicate').click();
  await dialog.getByRole('row', { name: /Points 30 70 100/ }).waitFor();
  await settle(page);
  expect(await accessibilityFaults(page)).toEqual([]);
  await screenshot(page, 'member-merge');
  await dialog.getByLabel('Why?').fill('Signed up twice');
  await button(dialog, 'Merge').click();
  await page.getByText(`Took in ${duplicate.memberNo}`).waitFor();
  await page.getByRole('heading', { name: '林晓越' }).waitFor();
  await button(page, /^Points 100/).click();
  const brought = page.getByRole('row').filter({ hasText: 'Brought by a merge' });
  await brought.first().waitFor();
  await shows(brought.first(), /\+70\s+100[\s\S]+Mara Lindt \w+: Signed up twice/);
  await settle(page);
  await page.evaluate(() => document.querySelector('.shell-content')?.scrollTo(0, 0));
  await lookInBoth(page, 'member-merged');
  await page.getByRole('link', { name: duplicate.memberNo }).click();
  await page.getByText(`Merged into ${kept.memberNo}: sell to that member`).waitFor();
  await button(page, 'Merge with…').waitFor({ state: 'detached' });
  await button(page, 'Take the merge back').click();
  await page.getByRole('dialog').getByLabel('Why?').fill('Two sisters');
  await button(page.getByRole('dialog'), 'Take the merge back').click();
  await button(page, /^Points 70/).waitFor();
  await panel.release(page);
});

/** `YYYY-MM-DD` of the store, so many days from now. */
function dayFromNow(days: number): string {
  const instant = new Date(Date.now() + days * 86_400_000);
  return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(instant);
}

test('a manager gives a role for a store and a period, and no role that holds more than his own', async () => {
  const page = await panel.openSignedIn(shop.manager, `/staff/${shop.colleague.profileId}`);
  await button(page, 'Give a role').click();
  const dialog = page.getByRole('dialog');
  await settle(page);
  await dialog.getByLabel('Role').click();
  const above = page.locator('.ant-select-item-option-disabled', { hasText: 'Auditor' });
  await above.waitFor();
  await shows(above, 'It holds more than you do:');
  await page.locator('.ant-select-item-option', { hasText: 'Senior cashier' }).click();
  const [from, until] = [dayFromNow(1), dayFromNow(20)];
  await dialog.getByPlaceholder('Start date').click();
  for (const day of [from, until]) await page.locator(`.ant-picker-cell-in-view[title="${day}"]`).click();
  await dialog.getByText(`Cleo Park will be Senior cashier in Riverside, from ${from} until ${until}.`).waitFor();
  await button(dialog, 'Give a role').click();
  await dialog.waitFor({ state: 'detached' });
  const given = page.getByRole('row', { name: /Senior cashier/ });
  await given.waitFor();
  await shows(given, /Riverside[\s\S]+From[\s\S]+Until[\s\S]+Mara Lindt/);
  await panel.release(page);
});

test('a product is taken out of use, not deleted, and comes back', async () => {
  const { id } = await panel.tessera.makeProduct({ nameEn: 'Summer punch', nameZh: '夏日果饮' });
  const page = await panel.openSignedIn(shop.owner, `/products/${id}`);
  await button(page, 'Archive').click();
  await page.getByRole('dialog').getByText('Its history stays, and it can be restored.').waitFor();
  await button(page.getByRole('dialog'), 'Archive').click();
  await page.getByRole('heading', { name: 'Products' }).waitFor();
  await settle(page);
  expect(await rows(page).allInnerTexts()).not.toContain(expect.stringContaining('Summer punch'));
  await button(page, 'Archived').click();
  await page.getByRole('link', { name: 'Summer punch' }).click();
  await button(page, 'Restore').click();
  await button(page.getByRole('dialog'), 'Restore').click();
  await button(page, 'Archive').waitFor();
  await panel.release(page);
});

test('a list is searched, walked and opened with the keyboard alone', async () => {
  const page = await panel.openSignedIn(shop.owner, '/members');
  await page.keyboard.press('/');
  await page.keyboard.type('Guest 1');
  await waitForRows(page, 7);
  await settle(page);
  await tabTo(page, () => document.activeElement?.classList.contains('clickable-row') ?? false);
  await page.keyboard.press('ArrowDown');
  const second = (await firstCell(page, 1).innerText()).trim();
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').getByText(second).first().waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  await panel.release(page);
});

test('a form is filled, corrected and saved with the keyboard alone', async () => {
  const page = await panel.openSignedIn(shop.owner, '/tills/new');
  await tabTo(page, () => document.activeElement?.id === 'code');
  await page.keyboard.type('lower case');
  await page.keyboard.press('Tab');
  await page.getByText('Capital letters, digits and hyphens only').waitFor();
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('R9');
  await tabTo(page, () => document.activeElement?.id === 'name');
  await page.keyboard.type('By the window');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'By the window' }).waitFor();
  await panel.release(page);
});

/** Presses Tab until the focus is where it should be; fails when one cannot get there. */
async function tabTo(page: Page, isThere: () => boolean): Promise<void> {
  for (let presses = 0; presses < 60; presses += 1) {
    if (await page.evaluate(isThere)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error('The focus does not get there with Tab');
}

const isDrawn = (page: Page, selector: string) =>
  page.waitForFunction((of) => (document.querySelector<HTMLImageElement>(of)?.naturalWidth ?? 0) > 0, selector);

test('a picture is chosen, stands in the form and on the tile of the till, and is removed by keyboard', async () => {
  const edit = `/products/${shop.productId}/edit`;
  const page = await panel.openSignedIn(shop.owner, edit);
  const field = page.getByRole('group', { name: 'Image' });
  const choose = field.locator('input[type=file]');
  const preview = field.getByRole('img', { name: 'Image' });
  await page.getByLabel('English name').fill('Flat white, large');
  await choose.setInputFiles({ name: 'cup.png', mimeType: 'image/png', buffer: Buffer.from('<svg onload="x"/>') });
  await field.getByText('This is not a picture that can be shown').waitFor();
  expect(await preview.count()).toBe(0);
  await choose.setInputFiles({ name: 'cup.png', mimeType: 'image/png', buffer: makePng(400, 300) });
  await preview.waitFor();
  await isDrawn(page, '.image-field img');
  await settle(page);
  expect(await accessibilityFaults(page)).toEqual([]);
  await screenshot(page, 'product-image');

  // What was typed before is still there, and is saved at the version that the picture made.
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByRole('heading', { name: 'Flat white, large' }).waitFor();
  await isDrawn(page, 'main img');
  await goToTill(page, 'H1');
  await isDrawn(page, '.till-tile[data-sku="COF-1"] img');

  await page.goto(edit);
  await button(field, 'Remove picture').press('Enter');
  await button(page.getByRole('tooltip'), 'Remove picture').press('Enter');
  await field.getByText('Choose a picture, or drop it here').waitFor();
  expect(await preview.count()).toBe(0);
  await panel.release(page);
});

test('a rule or template that does not apply says so in its list, to those who can mend it', async () => {
  const { tessera } = panel;
  const rule = {
    code: 'OLD',
    nameZh: '旧规则',
    nameEn: 'Old rule',
    kind: 'per-money',
    args: { points: 1, amount: 100 },
  };
  await tessera.strapi.documents('api::earn-rule.earn-rule').create({ data: rule as never });
  await tessera.makeCouponTemplate({ nameZh: '旧券', nameEn: 'Old coupon' });
  const { database } = kernel(tessera.strapi);
  await database.query(`UPDATE public.earn_rules SET args = '{"points": "many", "amount": 100}' WHERE code = 'OLD'`);
  await database.query(`UPDATE public.coupon_templates SET args = '{}' WHERE name_en = 'Old coupon'`);
  const marketing = await tessera.makeStaff({ role: 'marketing', store: shop.storeId });
  const page = await panel.openSignedIn(marketing, '/earn-rules', { language: 'en' });
  await page.getByText('Does not apply: check Points').waitFor();
  await screenshot(page, 'earn-rule-marked');
  expect(await accessibilityFaults(page)).toEqual([]);
  await show(page, { language: 'zh-CN', size: 'desktop', appearance: 'dark' });
  await shows(page.locator('.clickable-row', { hasText: '旧规则' }), '不生效：请检查“积分”');
  await page.goto('/coupon-templates');
  await shows(page.locator('.clickable-row', { hasText: '旧券' }), '不生效：请检查“减免金额”');
  await settle(page);
  await screenshot(page, 'coupon-template-marked');
  expect(await accessibilityFaults(page)).toEqual([]);
  await panel.release(page);

  const manager = await tessera.makeStaff({ role: 'store-manager', store: shop.storeId });
  const seen = await panel.openSignedIn(manager, '/earn-rules');
  await seen.locator('.clickable-row').first().waitFor();
  await settle(seen);
  expect(await seen.getByText('Does not apply').count()).toBe(0);
  await panel.release(seen);
});
