import type { Page } from 'playwright-core';
import { openPanel, screenshot, shows, type Panel, type View } from './harness';
import { changePrice, chooseTill, openShop, scan, type Shop } from './till-shop';

let panel: Panel;
let shop: Shop;
beforeAll(async () => {
  panel = await openPanel();
  shop = await openShop(panel);
});
afterAll(() => panel?.close());

async function cashierAt(till = 'R1', view?: View): Promise<Page> {
  const cashier = await panel.tessera.makeStaff({ role: 'cashier', store: shop.storeId });
  const page = await panel.openSignedIn(cashier, '/till', view);
  await chooseTill(page, till);
  return page;
}

const tile = (page: Page, index: number) => page.locator(`.till-tile[data-sku="${shop.items[index]?.sku}"]`);
const total = (page: Page) => page.locator('.till-pay-panel .till-total');
const cashReady = (page: Page) => page.locator('.till-exact:not([disabled])');

async function bookedSales(): Promise<number> {
  const owner = await panel.tessera.signIn('owner');
  const list = await panel.tessera.as(owner).get('/api/backoffice/transactions?_start=0&_end=1');
  return Number(list.headers['x-total-count']);
}

test('a cashier sells three items to a member with the mouse, in at most ten inputs', async () => {
  const page = await cashierAt();
  let inputs = 0;
  const input = async (act: Promise<void>) => {
    inputs += 1;
    await act;
  };
  for (const index of [0, 1, 2]) await input(tile(page, index).click());
  await input(page.getByLabel('Find a member').click());
  for (const digit of shop.member.lastFour) await input(page.keyboard.type(digit));
  await input(page.getByRole('option', { name: /王小明/ }).click());
  await cashReady(page).waitFor();
  await input(cashReady(page).click());
  await page.locator('.till-done').waitFor();
  expect(inputs).toBeLessThanOrEqual(10);
  await shows(page.locator('.till-done .till-total'), /^¥56\.50$/);
  await shows(page.locator('.till-number'), /^R1-\d{6}-\d+$/);
  await panel.release(page);
});

test('a whole sale with the keyboard alone', async () => {
  const page = await cashierAt();
  await page.keyboard.press('/');
  await page.keyboard.type('flat', { delay: 80 });
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await page.keyboard.press('3');
  await page.keyboard.press('Enter');
  await page.locator('.till-line-count', { hasText: '3 ×' }).waitFor();
  await page.keyboard.press('F2');
  await page.keyboard.type(shop.member.lastFour, { delay: 60 });
  await page.getByRole('option').first().waitFor();
  await page.keyboard.press('Enter');
  await page.locator('.till-member-who').waitFor();
  await cashReady(page).waitFor();
  await page.keyboard.press('F9');
  await page.locator('.till-amount-field').waitFor();
  await page.keyboard.type('100', { delay: 60 });
  await page.keyboard.press('Enter');
  await page.locator('.till-done').waitFor();
  await shows(page.locator('.till-done .till-total'), /^¥16\.00$/);
  await page.keyboard.press('Enter');
  await page.locator('.till-empty').waitFor();
  await panel.release(page);
});

test('the scanner works from anywhere and leaves what was typed alone', async () => {
  const page = await cashierAt();
  await scan(page, shop.items[0]?.barcode ?? '');
  await page.locator('.till-line').waitFor();
  const search = page.getByLabel('Search goods and services');
  await search.click();
  await page.keyboard.type('tea', { delay: 80 });
  await scan(page, shop.items[1]?.barcode ?? '');
  await page.locator(`.till-line[data-sku="${shop.items[1]?.sku}"]`).waitFor();
  expect(await search.inputValue()).toBe('tea');
  await scan(page, '0000000000');
  await page.locator('.till-notice', { hasText: '0000000000' }).waitFor();
  expect(await page.locator('.till-line').count()).toBe(2);
  await panel.release(page);
});

test('a cart held on one till is taken up on another', async () => {
  const first = await cashierAt('R1');
  await tile(first, 0).click();
  await first.keyboard.press('F4');
  await first.getByLabel('Note (optional)').fill('red coat');
  await first.getByRole('button', { name: 'Hold the cart' }).click();
  await first.locator('.till-empty').waitFor();
  const second = await cashierAt('R2');
  await second.keyboard.press('F4');
  await second
    .getByRole('button', { name: /red coat/ })
    .first()
    .click();
  await second.locator('.till-line').waitFor();
  await cashReady(second).click();
  await second.locator('.till-done').waitFor();
  await shows(second.locator('.till-number'), /^R2-/);
  await panel.release(first);
  await panel.release(second);
});

test('a sale whose answer was lost is booked once, also over a reload', async () => {
  const page = await cashierAt();
  const before = await bookedSales();
  await tile(page, 0).click();
  await cashReady(page).waitFor();
  await page.route('**/api/checkout/transactions', async (route) => {
    // The server books; the answer never arrives.
    await route.fetch();
    await route.abort('connectionreset');
  });
  await cashReady(page).click();
  await page.getByText('The server does not answer').waitFor();
  await page.unroute('**/api/checkout/transactions');
  await page.reload();
  await page.locator('.till-done').waitFor();
  expect(await bookedSales()).toBe(before + 1);
  expect(await page.evaluate(() => Object.keys(localStorage).filter((key) => key.includes('.sale.')))).toEqual([]);
  await panel.release(page);
});

test('without a server the cart is kept, and survives a reload', async () => {
  const page = await cashierAt();
  await page.route('**/api/checkout/quotes', (route) => route.abort('connectionrefused'));
  await page.route('**/_health', (route) => route.abort('connectionrefused'));
  await tile(page, 0).click();
  await tile(page, 1).click();
  await page.locator('.till-offline').waitFor();
  await shows(total(page), /^¥44\.50$/);
  await page.unrouteAll();
  await page.reload();
  await page.locator('.till-line').nth(1).waitFor();
  await cashReady(page).waitFor();
  await shows(total(page), /^¥44\.50$/);
  await panel.release(page);
});

test('a price that changed is shown old and new, and booked only when agreed', async () => {
  const price = (unitPrice: number) => changePrice(panel, shop.items[2]?.id ?? '', unitPrice);
  const page = await cashierAt();
  await tile(page, 2).click();
  await cashReady(page).waitFor();
  await price(1_500);
  await cashReady(page).click();
  await page.getByRole('heading', { name: 'A price has changed' }).waitFor();
  await shows(page.locator('.till-compare tfoot'), /¥12\.00\s+¥15\.00/);
  await screenshot(page, 'till-price-changed');
  await page.getByRole('button', { name: /Customer agrees to ¥15\.00/ }).click();
  await page.locator('.till-amount-field').waitFor();
  await page.keyboard.press('Enter');
  await page.locator('.till-done').waitFor();
  await price(1_200);
  await panel.release(page);
});

test('a discount above the limit says so and who may; the cart goes on without it', async () => {
  const page = await cashierAt();
  await tile(page, 0).click();
  await page.keyboard.press('F8');
  await page.getByRole('button', { name: '20%' }).click();
  await page.getByRole('button', { name: 'Regular customer' }).click();
  await page.getByText('20% is above your 10%.').waitFor();
  await page.getByRole('button', { name: 'See who may allow it' }).click();
  await page.getByRole('heading', { name: /^Not permitted/ }).waitFor();
  await screenshot(page, 'till-not-permitted');
  await shows(page.getByText(/^Who may/), 'manager');
  await page.getByRole('button', { name: 'Go on without it' }).click();
  await cashReady(page).click();
  await page.locator('.till-done').waitFor();
  await panel.release(page);
});

test('card and cash together pay one sale', async () => {
  const page = await cashierAt();
  await tile(page, 0).click();
  await cashReady(page).waitFor();
  await page.keyboard.press('F9');
  await page.getByRole('button', { name: 'Card' }).click();
  await page.getByLabel('Amount').fill('20');
  await page.getByRole('button', { name: 'Terminal approved' }).click();
  await page.getByText('Still open').waitFor();
  await cashReady(page).click();
  await page.locator('.till-done').waitFor();
  await panel.release(page);
});
