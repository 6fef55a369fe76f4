import type { Page } from 'playwright-core';
import { accessibilityFaults, openPanel, screenshot, textFaults, type Panel, type View } from './harness';
import { chooseTill, openShop, scan, type Shop } from './till-shop';

let panel: Panel;
let shop: Shop;
beforeAll(async () => {
  panel = await openPanel();
  shop = await openShop(panel);
});
afterAll(() => panel?.close());

/** Data of the shop that stands in its own language on every screen. */
const OWN_WORDS = ['王小明', 'store-manager'];

/** Shows a state to the eye, to the text scan and, in English, to axe: the language changes nothing that axe looks at. */
async function look(page: Page, name: string): Promise<void> {
  await screenshot(page, `till-${name}`);
  expect(await textFaults(page, OWN_WORDS)).toEqual([]);
  const isEnglish = await page.evaluate(() => document.documentElement.lang === 'en');
  if (isEnglish) expect(await accessibilityFaults(page)).toEqual([]);
}

async function openTill(view: View): Promise<Page> {
  const manager = await panel.tessera.makeStaff({ role: 'store-manager', store: shop.storeId });
  const page = await panel.openSignedIn(manager, '/till', view);
  await page.locator('.till-chip').first().waitFor();
  await look(page, 'choose');
  await chooseTill(page);
  return page;
}

async function fillCart(page: Page): Promise<void> {
  for (const { barcode } of shop.items) await scan(page, barcode);
  await page.locator('.till-line').nth(2).waitFor();
  await page.keyboard.press('F2');
  await page.keyboard.type(shop.member.lastFour, { delay: 60 });
  await page.getByRole('option').first().waitFor();
  await look(page, 'member-hits');
  await page.keyboard.press('Enter');
  await page.locator('.till-member-who').waitFor();
}

async function giveDiscount(page: Page): Promise<void> {
  await page.keyboard.press('F8');
  await page.locator('.till-sheet .till-chip').nth(1).click();
  await page.locator('.till-sheet .till-chips').nth(1).locator('button').first().click();
  await look(page, 'discount');
  await page.locator('.till-sheet button[type="submit"]').click();
  await page.locator('.till-reason').first().waitFor();
}

async function overridePrice(page: Page): Promise<void> {
  await page.locator('.till-line-keys .till-text-button').first().click();
  await page.locator('.till-sheet').waitFor();
  await look(page, 'price');
  await page.keyboard.press('Escape');
}

async function lookAtSheets(page: Page): Promise<void> {
  await page.keyboard.press('F4');
  await page.locator('.till-sheet .till-hint').first().waitFor();
  await look(page, 'hold');
  await page.keyboard.press('Escape');
  await page.locator('.till-top .till-text-button').last().click();
  await look(page, 'keys');
  await page.keyboard.press('Escape');
}

async function loseAnswer(page: Page): Promise<void> {
  await page.route('**/api/checkout/transactions', (route) => route.abort('connectionreset'));
  await page.route('**/_health', (route) => route.abort('connectionrefused'));
  await page.locator('.till-exact').click();
  await page.locator('.till-waiting h3').waitFor();
  await look(page, 'waiting');
  await page.unrouteAll();
  await page.locator('.till-done').waitFor();
}

test.each([
  { language: 'en', size: 'desktop' },
  { language: 'zh-CN', size: 'tablet' },
] as const)('every state of the till is complete and accessible: %j', async (view) => {
  const page = await openTill(view);
  await look(page, 'empty');
  await fillCart(page);
  await look(page, 'cart');
  await giveDiscount(page);
  await overridePrice(page);
  await look(page, 'discounted');
  await lookAtSheets(page);
  await page.keyboard.press('F9');
  await page.locator('.till-amount-field').fill('100');
  await look(page, 'paying');
  await loseAnswer(page);
  await page.locator('.till-receipt-keys button').nth(1).click();
  await page.locator('.till-qr').waitFor();
  await look(page, 'done');
  await panel.release(page);
});

test('on an upright tablet the catalogue, the cart and the payment follow each other', async () => {
  const cashier = await panel.tessera.makeStaff({ role: 'cashier', store: shop.storeId });
  const page = await panel.openSignedIn(cashier, '/till', { size: 'tablet' });
  await chooseTill(page);
  await page.locator('.till-tile').first().click();
  await page.getByRole('button', { name: 'Cart (1)' }).click();
  await page.locator('.till-line').waitFor();
  await page.getByRole('button', { name: 'Pay' }).click();
  await page.locator('.till-exact:not([disabled])').click();
  await page.locator('.till-done').waitFor();
  await page.getByRole('button', { name: /Next sale/ }).click();
  await page.locator('.till-sheet').waitFor({ state: 'detached' });
  await panel.release(page);
});

test('no key of the till is smaller than a finger', async () => {
  const cashier = await panel.tessera.makeStaff({ role: 'cashier', store: shop.storeId });
  const page = await panel.openSignedIn(cashier, '/till', { size: 'tablet' });
  await chooseTill(page);
  await scan(page, shop.items[0]?.barcode ?? '');
  await page.locator('.till-line').waitFor();
  const small = await page.evaluate(() =>
    [...document.querySelectorAll('.till button, .till input')]
      .map((element) => ({ text: element.outerHTML.slice(0, 80), height: element.getBoundingClientRect().height }))
      .filter(({ height }) => height > 0 && height < 44),
  );
  expect(small).toEqual([]);
  await panel.release(page);
});
