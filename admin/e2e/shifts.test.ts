import type { Page } from 'playwright-core';
import {
  accessibilityFaults,
  openPanel,
  screenshot,
  settle,
  shows,
  textFaults,
  type Panel,
  type Person,
  type View,
} from './harness';
import { goToTill } from './till-shop';

let panel: Panel;
let storeId: string;
let sku: string;
let manager: Person;
beforeAll(async () => {
  panel = await openPanel();
  const { tessera } = panel;
  storeId = await tessera.makeStore({ nameEn: 'Riverside', nameZh: '江边店', needsOpenShift: true });
  for (const code of ['R1', 'R2']) await tessera.makeTill({ store: storeId, code, name: code });
  sku = (await tessera.makeProduct({ nameEn: 'Flat white', nameZh: '澳白咖啡', unitPrice: 2_800 })).sku;
  manager = await tessera.makeStaff({ role: 'store-manager', store: storeId, name: 'Mara Lindt' });
});
afterAll(() => panel?.close());

async function cashierAt(till: string, view?: View): Promise<Page> {
  const cashier = await panel.tessera.makeStaff({ role: 'cashier', store: storeId, name: 'Cleo Park' });
  const page = await panel.openAs(cashier, view);
  await goToTill(page, till);
  return page;
}

/** Types how many there are of the notes and coins, in the order they are listed. */
async function count(page: Page, counts: Record<number, string>): Promise<void> {
  const fields = page.locator('dialog .till-count').first().locator('input');
  for (const [index, text] of Object.entries(counts)) await fields.nth(Number(index)).fill(text);
}

async function sellForCash(page: Page): Promise<void> {
  await page.locator(`.till-tile[data-sku="${sku}"]`).click();
  await page.locator('.till-exact:not([disabled])').click();
}

test('a cashier opens a shift, sells, pays out cash, counts blind and closes; the Z report says what happened', async () => {
  const page = await cashierAt('R1');
  await sellForCash(page);
  await page.getByRole('dialog', { name: 'No shift is open' }).getByRole('button', { name: 'Open the shift' }).click();
  await count(page, { 0: '5' });
  await screenshot(page, 'shift-open');
  await page.getByRole('dialog').getByRole('button', { name: 'Open the shift' }).click();
  await page.getByRole('button', { name: /^Shift: / }).waitFor();
  await page.locator('.till-exact:not([disabled])').click();
  await page.locator('.till-done').waitFor();

  await page.getByRole('button', { name: /^Shift: / }).click();
  const sheet = page.getByRole('dialog');
  await sheet.getByRole('button', { name: 'Move cash' }).click();
  await sheet.getByLabel('Amount').fill('8');
  await sheet.getByRole('button', { name: 'Courier' }).click();
  await screenshot(page, 'shift-move-cash');
  await sheet.getByRole('button', { name: 'Pay out ¥8.00' }).click();
  await sheet.getByText('Pay out · Courier').waitFor();
  await settle(page);
  await screenshot(page, 'shift-overview');
  expect(await sheet.innerText()).not.toContain('520.00');

  await sheet.getByRole('button', { name: 'Count and close' }).click();
  await count(page, { 0: '5', 2: '1', 8: '5' });
  await sheet.getByRole('button', { name: /My count is in/ }).click();
  await sheet.getByText('The count is not what should be there').waitFor();
  await shows(sheet.locator('tbody'), /Cash\s+¥520\.00\s+¥520\.50\s+¥0\.50/);
  await screenshot(page, 'shift-difference');
  await sheet.getByRole('button', { name: 'Cannot be explained' }).click();
  await sheet.getByRole('button', { name: 'Close with this difference' }).click();
  await sheet.getByText('Z report no. 1').waitFor();
  await shows(sheet, '1 sale, ¥28.00');
  await screenshot(page, 'shift-closed');
  expect(await accessibilityFaults(page)).toEqual([]);
  await sheet.getByRole('button', { name: 'Done' }).click();
  await page.getByRole('button', { name: 'Open a shift to sell' }).waitFor();
  await panel.release(page);
});

test('the manager finds the shift in the history and reads the same figures on its page, in both languages', async () => {
  for (const language of ['en', 'zh-CN'] as const) {
    const page = await panel.openSignedIn(manager, '/shifts', { language });
    await screenshot(page, 'shifts-list');
    await page.getByRole('link', { name: 'R1 Z1' }).first().click();
    await page.getByRole('heading', { name: 'R1 · Z 1' }).waitFor();
    await settle(page);
    await shows(page.locator('main'), /¥520\.00\s+¥520\.50\s+¥0\.50/);
    await screenshot(page, 'shift-page');
    expect(await accessibilityFaults(page)).toEqual([]);
    await page
      .getByRole('link', { name: { en: 'Transactions of this shift', 'zh-CN': '本班次的交易' }[language] })
      .click();
    await page.locator('.filter-chip', { hasText: /R1 Z1 · / }).waitFor();
    await settle(page);
    await screenshot(page, 'shift-transactions');
    await page.goBack();
    await page.getByRole('heading', { name: 'R1 · Z 1' }).waitFor();
    await settle(page);
    expect(
      await textFaults(page, [
        '江边店',
        'Riverside',
        '澳白咖啡',
        'Flat white',
        'Cannot be explained',
        'Courier',
        'Cleo Park',
        'Mara Lindt',
      ]),
    ).toEqual([]);
    await panel.release(page);
  }
});

test('on an upright tablet, in Chinese, a colleague takes the shift over and closes it', async () => {
  const first = await cashierAt('R2', { language: 'zh-CN', size: 'tablet' });
  await first.getByRole('button', { name: '请先开班再收银' }).click();
  await count(first, { 0: '1' });
  await first.getByRole('dialog').getByRole('button', { name: '开班' }).click();
  await first.getByRole('button', { name: /^当班：/ }).waitFor();
  await panel.release(first);

  const page = await cashierAt('R2', { language: 'zh-CN', size: 'tablet' });
  await page.getByRole('button', { name: /^当班：/ }).click();
  const sheet = page.getByRole('dialog');
  await sheet.getByRole('button', { name: '接班' }).waitFor();
  await settle(page);
  await screenshot(page, 'shift-foreign');
  expect(await sheet.getByRole('button', { name: '清点并结班' }).count()).toBe(0);
  await sheet.getByRole('button', { name: '接班' }).click();
  await sheet.getByRole('button', { name: '不清点，直接接班' }).waitFor();
  await count(page, { 0: '1' });
  await screenshot(page, 'shift-take-over');
  expect(await accessibilityFaults(page)).toEqual([]);
  await sheet.getByRole('button', { name: /按此点数接班/ }).click();
  await sheet.getByRole('button', { name: '清点并结班' }).click();
  await count(page, { 0: '1' });
  await screenshot(page, 'shift-count');
  await sheet.getByRole('button', { name: /清点完毕/ }).click();
  await sheet.getByText('Z 报表 第 1 号').waitFor();
  await screenshot(page, 'shift-closed');
  await panel.release(page);
});
