import type { Page } from 'playwright-core';
import { accessibilityFaults, openPanel, screenshot, settle, textFaults, type Panel, type View } from './harness';
import { chooseTill, openShop, scan, type Shop } from './till-shop';

let panel: Panel;
let shop: Shop;
beforeAll(async () => {
  panel = await openPanel();
  shop = await openShop(panel);
});
afterAll(() => panel?.close());

/** Names of people, and of a key. */
const DATA = ['王小明', 'store-manager', 'Ctrl'];
const option = (page: Page, name: RegExp) => page.getByRole('option', { name });
const chosen = (page: Page, name: RegExp) => page.getByRole('option', { name, selected: true });

async function signedIn(role: 'store-manager' | 'owner' | 'cashier', path: string, view?: View): Promise<Page> {
  const person = await panel.tessera.makeStaff({ role, ...(role === 'owner' ? {} : { store: shop.storeId }) });
  return panel.openSignedIn(person, path, view);
}

async function openPalette(page: Page): Promise<void> {
  await page.locator('.palette-button').waitFor();
  // kbar ends a closing by a timer; opened before that fires, faster than anybody types, it is closed again.
  await page.evaluate(() => new Promise((over) => setTimeout(over, 50)));
  await page.keyboard.press('Control+k');
  await page.locator('.palette [role="option"]').first().waitFor();
}

/** One sale, so that there is a number to look for. */
async function sellSomething(page: Page): Promise<string> {
  await chooseTill(page);
  await scan(page, shop.items[0]?.barcode ?? '');
  await page.locator('.till-exact:not([disabled])').click();
  return page.locator('.till-number').innerText();
}

test('the palette goes to a screen, finds a member and a transaction, for somebody who presses Enter at once', async () => {
  const page = await signedIn('store-manager', '/till');
  const number = await sellSomething(page);
  await page.goto('/members');
  await openPalette(page);
  await page.keyboard.type('products');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/products*');
  await openPalette(page);
  await page.keyboard.type(shop.member.lastFour);
  await page.keyboard.press('Enter');
  await page.waitForURL(`**/members/${shop.member.id}`);
  await openPalette(page);
  await page.keyboard.type(number);
  await page.keyboard.press('Enter');
  await page.waitForURL('**/transactions/*');
  await panel.release(page);
});

test('the palette gives the focus back and keeps it while it is open', async () => {
  const page = await signedIn('store-manager', '/products');
  await page.getByRole('row', { name: /Flat white/ }).focus();
  await openPalette(page);
  await page.keyboard.press('Tab');
  await page.keyboard.type('nothing like this');
  await page.getByText('Nothing found').waitFor();
  await page.keyboard.press('Escape');
  await page.locator('.palette').waitFor({ state: 'detached' });
  expect(await page.evaluate(() => document.activeElement?.textContent)).toContain('Flat white');
  await panel.release(page);
});

test('the palette offers only what the role may use, and nothing of it reaches the till', async () => {
  const page = await signedIn('cashier', '/transactions');
  await openPalette(page);
  await option(page, /Start a sale/).waitFor();
  expect(await option(page, /roles|staff|New tax class/i).count()).toBe(0);
  await page.keyboard.type('sale');
  await chosen(page, /Start a sale/).waitFor();
  await page.keyboard.press('Enter');
  await page.waitForURL('**/till');
  await page.locator('.till-tile, .till-chip').first().waitFor();
  expect(await page.locator('.palette-button').count()).toBe(0);
  await panel.release(page);
});

test('every key that the help of a list or a form shows does what it says', async () => {
  const page = await signedIn('owner', '/products');
  await page.locator('.clickable-row').first().waitFor();
  await page.keyboard.press('?');
  const help = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await help.getByText('Walk the rows').waitFor();
  await screenshot(page, 'shortcuts');
  await page.keyboard.press('Escape');
  await help.waitFor({ state: 'hidden' });
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').getByRole('link', { name: 'Open page' }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'hidden' });
  await page.keyboard.press('/');
  expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Search');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('n');
  await page.waitForURL('**/products/new');
  await page.getByRole('button', { name: 'Save' }).waitFor();
  await page.keyboard.press('Control+s');
  await page.getByText('is needed').first().waitFor();
  await page.keyboard.press('Escape');
  await page.waitForURL(/\/products(\?|$)/);
  await panel.release(page);
});

test.each([
  { language: 'en', appearance: 'light' },
  { language: 'zh-CN', appearance: 'dark' },
] as const)('palette and filter chips are complete and accessible: %j', async (view) => {
  const filters = new URLSearchParams({
    'filters[0][field]': 'storeId',
    'filters[0][operator]': 'eq',
    'filters[0][value]': shop.storeId,
    'filters[1][field]': 'kind',
    'filters[1][operator]': 'eq',
    'filters[1][value]': 'sale',
    'filters[2][field]': 'businessDay',
    'filters[2][operator]': 'gte',
    'filters[2][value]': '2026-01-01',
    'filters[3][field]': 'businessDay',
    'filters[3][operator]': 'lte',
    'filters[3][value]': '2026-12-31',
    'filters[4][field]': 'payable',
    'filters[4][operator]': 'gte',
    'filters[4][value]': '1250',
  });
  const page = await signedIn('store-manager', `/transactions?${filters.toString()}`, view);
  await page.locator('.filter-chip', { hasText: view.language === 'en' ? 'Riverside' : '江边店' }).waitFor();
  await settle(page);
  const chips = await page.locator('.filter-chip').allInnerTexts();
  const words = chips.map((chip) => chip.replace('×', '').trim());
  expect(words).toEqual(
    view.language === 'en'
      ? [
          'Kind is Sale',
          expect.stringMatching(/^Business day from Jan 1, 2026 to Dec 31, 2026/),
          'Store is Riverside',
          expect.stringMatching(/at least ¥12.50$/),
        ]
      : [
          '类型为销售',
          '营业日从 2026年1月1日 到 2026年12月31日',
          '门店为江边店',
          expect.stringMatching(/不小于 ¥12.50$/),
        ],
  );
  await screenshot(page, 'filter-chips');
  await page.locator('.filter-chip button').first().click();
  await page.waitForURL((url) => !url.search.includes('kind'));
  await page.locator('.filter-chip').nth(3).waitFor({ state: 'detached' });
  expect(await page.locator('.filter-chip').count()).toBe(3);
  await openPalette(page);
  // What Enter would run is in sight.
  await settle(page);
  expect(await page.locator('#kbar-listbox').evaluate((list) => list.parentElement?.scrollTop)).toBe(0);
  await screenshot(page, 'palette');
  expect(await textFaults(page, DATA)).toEqual([]);
  expect(await accessibilityFaults(page)).toEqual([]);
  await panel.release(page);
});
