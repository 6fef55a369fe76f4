import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Locator, Page } from 'playwright-core';
import { openBackOfficeShop, OWN_WORDS, type BackOfficeShop } from './back-office-shop';
import {
  accessibilityFaults,
  openPanel,
  screenshot,
  settle,
  shows,
  textFaults,
  type Panel,
  type View,
} from './harness';

let panel: Panel;
let shop: BackOfficeShop;
beforeAll(async () => {
  panel = await openPanel();
  shop = await openBackOfficeShop(panel);
});
afterAll(() => panel?.close());

const rows = (page: Page) => page.locator('.clickable-row');
const button = (on: Page | Locator, name: string | RegExp) => on.getByRole('button', { name });
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

const WORDS = {
  en: {
    consent: 'Record a consent',
    takenBack: 'Taken back',
    version: 'Version of the text',
    record: /^Record$/,
    missing: 'Say which text was agreed to',
    anonymise: /Anonymise$/,
    forGood: 'Anonymise for good',
    why: 'Why?',
    left: 'There is something left',
    leave: /^Leave it in the books/,
    sure: /^The member asked for it/,
    notSure: 'Confirm it, or cancel',
    gone: 'Anonymised on request',
  },
  'zh-CN': {
    consent: '登记同意',
    takenBack: '撤回',
    version: '文本版本',
    record: /^登 ?记$/,
    missing: '请填写同意的是哪一版文本',
    anonymise: /匿名化$/,
    forGood: '永久匿名化',
    why: '原因',
    left: '名下还有权益',
    leave: /^留在账上/,
    sure: /^会员本人/,
    notSure: '请确认，或取消',
    gone: '已应本人要求匿名化',
  },
} as const;

async function look(page: Page, name: string): Promise<void> {
  await settle(page);
  await screenshot(page, name);
  expect(await accessibilityFaults(page)).toEqual([]);
  expect(await textFaults(page, [...OWN_WORDS, 'Vera Lem', 'Asked by letter', 'Gift'])).toEqual([]);
}

test.each<View & { language: keyof typeof WORDS }>([
  { language: 'en', size: 'desktop' },
  { language: 'zh-CN', size: 'tablet', appearance: 'dark' },
])('consent is recorded, and whoever asks is forgotten, not by mistake: %o', async (view) => {
  const words = WORDS[view.language];
  const { id } = await panel.tessera.makeMember({ name: 'Vera Lem', homeStore: shop.storeId });
  const gift = { amount: 50, reason: 'Gift', storeId: shop.storeId };
  const owner = panel.tessera.as(await panel.tessera.signInAs(shop.owner));
  await owner.post(`/api/points/members/${id}/adjustments`).set('Idempotency-Key', randomUUID()).send(gift).expect(201);
  const page = await panel.openSignedIn(shop.owner, `/members/${id}`, view);
  const dialog = page.getByRole('dialog');
  await button(page, words.consent).click();
  await button(dialog, words.record).click();
  await dialog.getByText(words.missing).waitFor();
  await dialog.getByLabel(words.version).fill('2026-01');
  await dialog.getByText(words.missing).waitFor({ state: 'detached' });
  await look(page, 'consent');
  await button(dialog, words.record).click();
  await page.locator('.ant-table-row', { hasText: '2026-01' }).waitFor();
  await dialog.waitFor({ state: 'detached' });

  await button(page, words.anonymise).click();
  await dialog.getByLabel(words.why).fill('Asked by letter');
  await button(dialog, words.forGood).click();
  await dialog.getByText(words.notSure).waitFor();
  await dialog.getByLabel(words.sure).check();
  await button(dialog, words.forGood).click();
  await dialog.getByText(words.left).waitFor();
  await dialog.getByLabel(words.leave).check();
  await look(page, 'anonymise');
  await button(dialog, words.forGood).click();
  await page.getByText(words.gone).first().waitFor();
  await dialog.waitFor({ state: 'detached' });
  await look(page, 'anonymised');
  await shows(page.locator('main'), /^(?![^]*Vera Lem)/);
  await panel.release(page);
});
