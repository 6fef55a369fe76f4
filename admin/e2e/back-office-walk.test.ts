import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { openBackOfficeShop, OWN_WORDS, type BackOfficeShop } from './back-office-shop';
import {
  accessibilityFaults,
  follow,
  openPanel,
  screenshot,
  settle,
  show,
  textFaults,
  type Panel,
  type View,
} from './harness';

let panel: Panel;
let shop: BackOfficeShop;

/** Of a shop in another system: two good rows, a known member, and rows with faults. */
const MEMBER_FILE = [
  'Card no,Name,Mobile,Born,Branch,Hair',
  'V-1,Nora Lang,137 1111 0001,1991-02-03,RIVER,brown',
  'V-2,Emil Roth,137 1111 0002,,HILL,',
  'M-100,Ada Moreau,,,,',
  'V-3,Finn Kern,1371111,1990-13-01,Nowhere,',
  'V-4,Rosa Beck,13711110001,,,red',
].join('\n');

/** One file that was imported, and one that waits. */
async function giveMemberFiles(): Promise<void> {
  const { tessera } = panel;
  const as = tessera.as(await tessera.signInAs(shop.owner));
  const upload = async (fileName: string) => {
    const given = as
      .post('/api/imports/member-files')
      .query({ fileName })
      .set('content-type', 'application/octet-stream');
    return (await given.send(MEMBER_FILE).expect(201)).body as { run: { id: string }; choice: object };
  };
  const { run, choice } = await upload('salon-old.csv');
  await as.post(`/api/imports/member-files/${run.id}/start`).send(choice).expect(202);
  for (let status = ''; status !== 'done'; await sleep(100)) {
    status = (await as.get(`/api/imports/member-files/${run.id}`).expect(200)).body.run.status;
  }
  await upload('salon.csv');
}

beforeAll(async () => {
  panel = await openPanel();
  shop = await openBackOfficeShop(panel);
  await giveMemberFiles();
});
afterAll(() => panel?.close());

/** A file's column names are the file's own. */
const FILE_WORDS = ['Online Retail', 'InvoiceNo', 'StockCode', 'Description', 'Quantity', 'InvoiceDate'];
const MEMBER_WORDS = MEMBER_FILE.split(/[\n,]/).filter(Boolean);
const DATA = [
  ...OWN_WORDS,
  ...FILE_WORDS,
  ...MEMBER_WORDS,
  'salon-old.csv',
  'salon.csv',
  'CSV',
  'Excel',
  '.xlsx',
  'UnitPrice',
  'CustomerID',
  'Country',
  'gzip',
];
const NOTHING_MATCHES = new URLSearchParams({
  'filters[0][field]': 'q',
  'filters[0][operator]': 'eq',
  'filters[0][value]': 'zzzz',
});

type Screen = [name: string, path: () => string];
type Overlay = [...Screen, open: (page: Page) => Promise<void>];

/** Every address outside the till, under the name of its picture. */
const SCREENS: Screen[] = [
  ['members', () => '/members'],
  ['member', () => `/members/${shop.memberId}`],
  ['birthdays', () => '/birthdays?days=31'],
  ['member-edit', () => `/members/${shop.memberId}/edit`],
  ['member-new', () => '/members/new'],
  ['transactions', () => '/transactions'],
  ['transaction', () => `/transactions/${shop.transactionId}`],
  ['programmes', () => '/points-programmes'],
  ['programme', () => `/points-programmes/${shop.points.programmeId}`],
  ['programme-edit', () => `/points-programmes/${shop.points.programmeId}/edit`],
  ['earn-rules', () => '/earn-rules'],
  ['earn-rule', () => `/earn-rules/${shop.points.ruleId}`],
  ['earn-rule-edit', () => `/earn-rules/${shop.points.ruleId}/edit`],
  ['gifts', () => '/gifts'],
  ['gift', () => `/gifts/${shop.giftId}`],
  ['gift-edit', () => `/gifts/${shop.giftId}/edit`],
  ['gift-handouts', () => '/gift-handouts'],
  ['gift-handout', () => `/gift-handouts/${shop.handoutId}`],
  ['tiers', () => '/tiers'],
  ['tier', () => `/tiers/${shop.tierId}`],
  ['tier-edit', () => `/tiers/${shop.tierId}/edit`],
  ['tier-prices', () => '/tier-prices'],
  ['tier-price-edit', () => `/tier-prices/${shop.tierPriceId}/edit`],
  ['coupon-templates', () => '/coupon-templates'],
  ['coupon-template', () => `/coupon-templates/${shop.templateId}`],
  ['coupon-template-edit', () => `/coupon-templates/${shop.templateId}/edit`],
  ['coupons', () => '/coupons'],
  ['coupon-issues', () => '/coupon-issues'],
  ['coupon-issue', () => `/coupon-issues/${shop.issueId}`],
  ['card-plans', () => '/card-plans'],
  ['card-plan-edit', () => `/card-plans/${shop.cardPlanId}/edit`],
  ['cards', () => '/cards'],
  ['shifts', () => '/shifts'],
  ['products', () => '/products'],
  ['product', () => `/products/${shop.productId}`],
  ['product-edit', () => `/products/${shop.productId}/edit`],
  ['services', () => '/services'],
  ['categories', () => '/categories'],
  ['tax-classes', () => '/tax-classes'],
  ['stores', () => '/stores'],
  ['store', () => `/stores/${shop.storeId}`],
  ['store-edit', () => `/stores/${shop.storeId}/edit`],
  ['tills', () => '/tills'],
  ['staff', () => '/staff'],
  ['person', () => `/staff/${shop.colleague.profileId}`],
  ['person-new', () => '/staff/new'],
  ['roles', () => '/roles'],
  ['audit', () => '/audit'],
  ['imports', () => '/imports'],
  ['member-imports', () => '/member-imports'],
  ['jobs', () => '/jobs'],
  ['nothing-matches', () => `/members?${NOTHING_MATCHES}`],
  ['no-such-page', () => '/nowhere'],
  ['no-such-record', () => '/members/aaaaaaaaaaaaaaaaaaaaaaaa'],
];

/** What opens over a screen: where, and the act that opens it. */
const OVERLAYS: Overlay[] = [
  ['drawer', () => '/members', (page) => page.locator('.clickable-row').first().click()],
  ['filters', () => '/transactions', (page) => page.locator('.page-bar button:has(.anticon-filter)').click()],
  ['columns', () => '/staff', (page) => page.locator('.page-bar button:has(.anticon-setting)').click()],
  [
    'give-role',
    () => `/staff/${shop.colleague.profileId}`,
    (page) => page.locator('.page-bar button:has(.anticon-plus)').click(),
  ],
  ['role-grants', () => '/roles', (page) => page.locator('.ant-collapse-header').nth(1).click()],
  ['export', () => '/members', (page) => page.locator('.page-actions button:has(.anticon-download)').click()],
  [
    'member-import-check',
    () => '/member-imports',
    async (page) => {
      await page.locator('main .ant-btn-primary').last().click();
      await page.locator('main .ant-table').nth(1).waitFor();
      await page.locator('main h2').nth(1).scrollIntoViewIfNeeded();
    },
  ],
  [
    'gift-stock',
    () => `/gifts/${shop.giftId}`,
    (page) => page.locator('.page-actions button:has(.anticon-inbox)').click(),
  ],
  [
    'archive',
    () => `/members/${shop.memberId}`,
    (page) => page.locator('.page-actions .ant-btn-dangerous').first().click(),
  ],
];

/** Between them they show every kind of text and surface there is. */
const IN_THE_DARK = ['members', 'member', 'member-edit', 'transaction', 'products', 'person', 'roles', 'audit'];

const ENGLISH: Required<View> = { language: 'en', size: 'desktop', appearance: 'light' };
const CHINESE: Required<View> = { ...ENGLISH, language: 'zh-CN' };
const DARK: Required<View> = { ...ENGLISH, appearance: 'dark' };
const onTablet = (view: Required<View>): Required<View> => ({ ...view, size: 'tablet' });

/** Takes the picture; faults are what lies beyond the edge. */
async function lookAtLayout(page: Page, name: string): Promise<string[]> {
  await screenshot(page, `back-office-${name}`);
  const isSideways = await page.evaluate(() => {
    const content = document.querySelector('main');
    return content !== null && content.scrollWidth > content.clientWidth;
  });
  return isSideways ? ['scrolls sideways'] : [];
}

/** Layout and texts. */
async function look(page: Page, name: string): Promise<string[]> {
  return [...(await lookAtLayout(page, name)), ...(await textFaults(page, DATA))];
}

/** The shell around the screens is looked at with the first of them. */
const knownAt = (name: string): 'shell'[] => (name === SCREENS[0]?.[0] ? [] : ['shell']);

let page: Page;
beforeAll(async () => {
  page = await panel.openSignedIn(shop.owner, '/', ENGLISH);
});

// A screen is loaded once and then changes in place. The language changes nothing that axe looks at.
test.each(SCREENS)('%s: complete in both languages, accessible, fits a tablet held upright', async (name, path) => {
  await show(page, ENGLISH);
  await follow(page, path());
  expect(await look(page, name)).toEqual([]);
  expect(await accessibilityFaults(page, knownAt(name))).toEqual([]);
  await show(page, onTablet(ENGLISH));
  expect(await lookAtLayout(page, name)).toEqual([]);
  await show(page, onTablet(CHINESE));
  expect(await lookAtLayout(page, name)).toEqual([]);
  await show(page, CHINESE);
  expect(await look(page, name)).toEqual([]);
});

test.each(OVERLAYS)('%s: complete in both languages, accessible', async (name, path, open) => {
  for (const view of [ENGLISH, CHINESE]) {
    await follow(page, '/');
    await show(page, view);
    await follow(page, path());
    await open(page);
    await settle(page);
    expect(await look(page, name)).toEqual([]);
    if (view === ENGLISH) expect(await accessibilityFaults(page, ['shell'])).toEqual([]);
    await page.keyboard.press('Escape');
  }
});

test.each(SCREENS.filter(([name]) => IN_THE_DARK.includes(name)))('%s: legible in the dark', async (name, path) => {
  await show(page, DARK);
  await follow(page, path());
  expect(await look(page, name)).toEqual([]);
  expect(await accessibilityFaults(page, ['all but colours', ...knownAt(name)])).toEqual([]);
});
