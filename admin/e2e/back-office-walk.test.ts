import type { Page } from 'playwright-core';
import { openBackOfficeShop, OWN_WORDS, type BackOfficeShop } from './back-office-shop';
import {
  accessibilityFaults,
  follow,
  openPanel,
  screenshot,
  settle,
  textFaults,
  type Language,
  type Panel,
} from './harness';

let panel: Panel;
let shop: BackOfficeShop;
beforeAll(async () => {
  panel = await openPanel();
  shop = await openBackOfficeShop(panel);
});
afterAll(() => panel?.close());

/** A file's column names are the file's own. */
const FILE_WORDS = ['Online Retail', 'InvoiceNo', 'StockCode', 'Description', 'Quantity', 'InvoiceDate'];
const DATA = [...OWN_WORDS, ...FILE_WORDS, 'UnitPrice', 'CustomerID', 'Country', 'gzip'];
const NOTHING_MATCHES = new URLSearchParams({
  'filters[0][field]': 'q',
  'filters[0][operator]': 'eq',
  'filters[0][value]': 'zzzz',
});

/** Every address outside the till, under the name of its picture. */
function addresses(): [name: string, path: string][] {
  return [
    ['members', '/members'],
    ['member', `/members/${shop.memberId}`],
    ['member-edit', `/members/${shop.memberId}/edit`],
    ['member-new', '/members/new'],
    ['transactions', '/transactions'],
    ['transaction', `/transactions/${shop.transactionId}`],
    ['products', '/products'],
    ['product', `/products/${shop.productId}`],
    ['product-edit', `/products/${shop.productId}/edit`],
    ['services', '/services'],
    ['categories', '/categories'],
    ['tax-classes', '/tax-classes'],
    ['stores', '/stores'],
    ['store', `/stores/${shop.storeId}`],
    ['store-edit', `/stores/${shop.storeId}/edit`],
    ['tills', '/tills'],
    ['staff', '/staff'],
    ['person', `/staff/${shop.colleague.profileId}`],
    ['person-new', '/staff/new'],
    ['roles', '/roles'],
    ['audit', '/audit'],
    ['imports', '/imports'],
    ['nothing-matches', `/members?${NOTHING_MATCHES}`],
    ['no-such-page', '/nowhere'],
    ['no-such-record', '/members/aaaaaaaaaaaaaaaaaaaaaaaa'],
  ];
}

/** What opens over a screen: where, and the act that opens it. Each is left by moving on to the next. */
const OVERLAYS: [name: string, path: () => string, open: (page: Page) => Promise<void>][] = [
  ['drawer', () => '/members', (page) => page.locator('.clickable-row').first().click()],
  ['filters', () => '/transactions', (page) => page.locator('.page-bar button:has(.anticon-filter)').click()],
  ['columns', () => '/staff', (page) => page.locator('.page-bar button:has(.anticon-setting)').click()],
  [
    'give-role',
    () => `/staff/${shop.colleague.profileId}`,
    (page) => page.locator('.page-bar button:has(.anticon-plus)').click(),
  ],
  ['role-grants', () => '/roles', (page) => page.locator('.ant-collapse-header').nth(1).click()],
  [
    'archive',
    () => `/members/${shop.memberId}`,
    (page) => page.locator('.page-actions .ant-btn-dangerous').first().click(),
  ],
];

function isSideways(page: Page): Promise<boolean> {
  return page.evaluate(() => {
    const content = document.querySelector('main');
    return content !== null && content.scrollWidth > content.clientWidth;
  });
}

/** What axe need not look at again; a screen in another language has the structure that it has in the first. */
type Known = ('contrast' | 'shell')[] | 'same-structure';

const andShell = (known: Known): Known => (known === 'same-structure' ? known : [...known, 'shell']);

/** Shows a screen to the eye, to the text scan and to axe. */
async function look(page: Page, name: string, known: Known): Promise<string[]> {
  await settle(page);
  await screenshot(page, `back-office-${name}`);
  const faults = await textFaults(page, DATA);
  if (known !== 'same-structure') faults.push(...(await accessibilityFaults(page, known)));
  if (await isSideways(page)) faults.push('scrolls sideways');
  return faults.map((fault) => `${name}: ${fault}`);
}

/** Every screen, then what opens over them; the shell is looked at with the first. */
async function walk(page: Page, names: string[] | null, known: Known): Promise<string[]> {
  const faults = [];
  for (const [name, path] of addresses().filter(([name]) => names?.includes(name) ?? true)) {
    await follow(page, path);
    faults.push(...(await look(page, name, name !== 'members' ? andShell(known) : known)));
  }
  return faults;
}

async function lookAtOverlays(page: Page, known: Known): Promise<string[]> {
  const faults = [];
  for (const [name, path, open] of OVERLAYS) {
    await follow(page, path());
    await open(page);
    faults.push(...(await look(page, name, andShell(known))));
  }
  return faults;
}

test.each([
  { language: 'en', known: [] },
  { language: 'zh-CN', known: 'same-structure' },
] satisfies { language: Language; known: Known }[])(
  'every screen is complete, in one language, accessible: $language',
  async ({ language, known }) => {
    const page = await panel.openSignedIn(shop.owner, '/', { language });
    const faults = [...(await walk(page, null, known)), ...(await lookAtOverlays(page, known))];
    expect(faults).toEqual([]);
    await page.context().close();
  },
);

test.each(['en', 'zh-CN'] as const)('every screen fits a tablet held upright: %s', async (language) => {
  const page = await panel.openSignedIn(shop.owner, '/', { language, size: 'tablet' });
  const sideways = [];
  for (const [name, path] of addresses()) {
    await follow(page, path);
    await screenshot(page, `back-office-${name}`);
    if (await isSideways(page)) sideways.push(name);
  }
  expect(sideways).toEqual([]);
  await page.context().close();
});

test('the dark appearance is as legible as the light one', async () => {
  const page = await panel.openSignedIn(shop.owner, '/', { appearance: 'dark' });
  const main = ['members', 'member', 'member-edit', 'transaction', 'products', 'person', 'roles', 'audit'];
  expect(await walk(page, main, [])).toEqual([]);
  await page.context().close();
});
