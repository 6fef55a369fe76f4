import { readFileSync } from 'node:fs';
import type { Locator, Page } from 'playwright-core';
import { openBackOfficeShop, type BackOfficeShop } from './back-office-shop';
import { openPanel, shows, type Panel } from './harness';

let panel: Panel;
let shop: BackOfficeShop;
beforeAll(async () => {
  panel = await openPanel();
  shop = await openBackOfficeShop(panel);
});
afterAll(() => panel?.close());

const rows = (page: Page) => page.locator('.clickable-row');
const button = (on: Page | Locator, name: string) => on.getByRole('button', { name });
const search = (page: Page) => page.getByRole('textbox', { name: 'Search' });

async function waitForRows(page: Page, count: number): Promise<void> {
  await page.waitForFunction((wanted) => document.querySelectorAll('.clickable-row').length === wanted, count);
}

/** Gives a file to the import of members, checks it and runs it; returns the report. */
async function importFile(page: Page, name: string, content: string): Promise<Locator> {
  await page.goto('/member-imports');
  await page.locator('input[type="file"]').setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(content) });
  await button(page, 'Check the file').click();
  await button(page, 'Import').click();
  const report = page.locator('.ant-card', { hasText: name });
  await report.getByText('New members:').waitFor();
  return report;
}

test('members come in from a file; the row with a fault is downloaded, mended and sent again', async () => {
  const page = await panel.openSignedIn(shop.owner, '/members');
  await page.getByRole('link', { name: 'Import members' }).first().click();
  const file = '会员姓名,手机,门店\nTomás Novák,139 7000 0001,RIVER\n贾宝玉,139,江边店\n';
  const report = await importFile(page, 'members.csv', file);
  await shows(report, 'New members: 1 · updated: 0 · not taken: 1');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    button(report, 'Download the rows that were not taken').click(),
  ]);
  const errors = readFileSync(await download.path(), 'utf8');
  expect(errors).toBe(
    '\uFEFF会员姓名,手机,门店,Line,Reason\r\n贾宝玉,139,江边店,3,Phone: This is not a phone number\r\n',
  );
  const mended = await importFile(page, 'mended.csv', errors.replace(',139,', ',13970000002,'));
  await shows(mended, 'New members: 1 · updated: 0 · not taken: 0');
  await page.goto('/members');
  await search(page).fill('jia baoyu');
  await waitForRows(page, 1);
  await shows(rows(page).first(), '贾宝玉');
  await panel.release(page);
});

async function openExport(page: Page): Promise<Locator> {
  await button(page, 'Export').click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'What it is for' }).fill('Letters');
  return dialog;
}

test('a filtered list is taken along with its masks and says in the file who took it', async () => {
  const page = await panel.openSignedIn(shop.manager, '/members');
  await search(page).fill('Guest');
  await page.locator('td', { hasText: 'Guest 3' }).waitFor();
  await waitForRows(page, 16);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    openExport(page).then((dialog) => button(dialog, 'Write it down and download').click()),
  ]);
  expect(download.suggestedFilename()).toMatch(/^members-[\d-]+\.csv$/);
  const lines = readFileSync(await download.path(), 'utf8')
    .trimEnd()
    .split('\r\n');
  expect(lines).toHaveLength(18);
  expect(lines.at(-1)).toMatch(/^# Tessera · Members · 16 · Mara Lindt.* · Letters$/);
  expect(lines.join()).not.toMatch(/\+86\d{11}/);
  await panel.release(page);
});

test('a cashier takes nothing along, and whoever may only look finds no button for it', async () => {
  const cashier = await panel.tessera.makeStaff({ role: 'cashier', store: shop.storeId });
  const as = panel.tessera.as(await panel.tessera.signInAs(cashier));
  const refused = await as
    .post('/api/backoffice/members/exports')
    .send({ format: 'csv', language: 'en', reason: 'me' });
  expect([refused.status, refused.body.error.code]).toEqual([403, 'forbidden']);
  const senior = await panel.tessera.makeStaff({ role: 'senior-cashier', store: shop.storeId });
  const page = await panel.openSignedIn(senior, '/members');
  await waitForRows(page, 20);
  expect(await button(page, 'Export').count()).toBe(0);
  await panel.release(page);
});
