import type { Page } from 'playwright-core';
import { LEAKS, openBackOfficeShop, type BackOfficeShop } from './back-office-shop';
import { follow, openPanel, settle, type Panel } from './harness';

let panel: Panel;
let shop: BackOfficeShop;
beforeAll(async () => {
  panel = await openPanel();
  shop = await openBackOfficeShop(panel);
});
afterAll(() => panel?.close());

interface Expected {
  /** Code of the template in config/roles. */
  role: string;
  /** The screen after signing in. */
  first: string;
  /** The whole menu, from top to bottom. */
  menu: string[];
  /** A member's phone, birthday and note: in the clear, only behind a mask, or not at all. */
  personalData: 'clear' | 'masked' | 'no members';
}

/** Who sees what: read it as a manager would. */
const EXPECTED: Expected[] = [
  {
    role: 'cashier',
    first: '/till',
    menu: ['Till', 'Transactions', 'Shifts'],
    personalData: 'no members',
  },
  {
    role: 'senior-cashier',
    first: '/till',
    menu: ['Till', 'Transactions', 'Shifts', 'Members', 'Cards'],
    personalData: 'masked',
  },
  {
    role: 'store-manager',
    first: '/transactions',
    menu: [
      'Till',
      'Transactions',
      'Shifts',
      ...['Members', 'Birthdays', 'Points programmes', 'Earn rules'],
      ...['Gifts', 'Gifts handed out', 'Tiers', 'Tier prices'],
      ...['Coupon templates', 'Coupons', 'Coupon issues', 'Card plans', 'Cards'],
      ...['Products', 'Services', 'Categories', 'Tax classes'],
      ...['Stores', 'Tills', 'Staff', 'Roles'],
      'Audit trail',
    ],
    personalData: 'masked',
  },
  {
    role: 'marketing',
    first: '/members',
    menu: [
      ...[
        'Members',
        'Points programmes',
        'Earn rules',
        'Gifts',
        'Gifts handed out',
        'Tiers',
        'Tier prices',
        'Coupon templates',
        'Coupons',
        'Coupon issues',
        'Card plans',
      ],
      ...['Products', 'Services', 'Categories', 'Stores'],
    ],
    personalData: 'masked',
  },
  {
    role: 'analyst',
    first: '/members',
    menu: [
      'Transactions',
      'Members',
      'Points programmes',
      'Earn rules',
      'Tiers',
      'Tier prices',
      'Card plans',
      'Products',
      'Services',
      'Categories',
      'Stores',
    ],
    personalData: 'masked',
  },
  {
    role: 'support',
    first: '/tills',
    menu: ['Products', 'Services', 'Categories', 'Stores', 'Tills', 'Staff', 'Roles', 'Imports', 'Jobs'],
    personalData: 'no members',
  },
  {
    role: 'auditor',
    first: '/audit',
    menu: [
      ...['Transactions', 'Shifts', 'Gifts handed out', 'Coupon issues', 'Cards'],
      ...['Stores', 'Tills', 'Staff', 'Roles'],
      ...['Audit trail', 'Imports', 'Jobs'],
    ],
    personalData: 'no members',
  },
  {
    role: 'owner',
    first: '/transactions',
    menu: [
      'Till',
      'Transactions',
      'Shifts',
      ...['Members', 'Import members', 'Birthdays', 'Points programmes', 'Earn rules'],
      ...['Gifts', 'Gifts handed out', 'Tiers', 'Tier prices'],
      ...['Coupon templates', 'Coupons', 'Coupon issues', 'Card plans', 'Cards'],
      ...['Products', 'Services', 'Categories', 'Tax classes'],
      ...['Stores', 'Tills', 'Staff', 'Roles'],
      ...['Audit trail', 'Imports', 'Jobs'],
    ],
    personalData: 'clear',
  },
];

/** Every entry the menu can have, and its address. */
const ADDRESSES: Record<string, string> = {
  Till: '/till',
  Transactions: '/transactions',
  Shifts: '/shifts',
  Members: '/members',
  'Import members': '/member-imports',
  Birthdays: '/birthdays',
  'Points programmes': '/points-programmes',
  'Earn rules': '/earn-rules',
  Gifts: '/gifts',
  'Gifts handed out': '/gift-handouts',
  Tiers: '/tiers',
  'Tier prices': '/tier-prices',
  'Coupon templates': '/coupon-templates',
  Coupons: '/coupons',
  'Coupon issues': '/coupon-issues',
  'Card plans': '/card-plans',
  Cards: '/cards',
  Products: '/products',
  Services: '/services',
  Categories: '/categories',
  'Tax classes': '/tax-classes',
  Stores: '/stores',
  Tills: '/tills',
  Staff: '/staff',
  Roles: '/roles',
  'Audit trail': '/audit',
  Imports: '/imports',
  Jobs: '/jobs',
};

/** Everything the server sends to this page from now on. */
function listenToAnswers(page: Page): () => Promise<string> {
  const bodies: Promise<string>[] = [];
  page.on('response', (response) => {
    if (response.url().includes('/api/')) bodies.push(response.text().catch(() => ''));
  });
  return async () => (await Promise.all(bodies)).join('\n');
}

async function openAsRole(role: string): Promise<Page> {
  const store = role === 'owner' ? undefined : shop.storeId;
  const person = await panel.tessera.makeStaff({ role, store });
  return panel.openSignedIn(person, '/');
}

/** The menu, the first screen, and how every screen that is not in the menu refuses; returns what they show. */
async function checkScreens(page: Page, { first, menu }: Expected): Promise<string[]> {
  const seen = [];
  expect(new URL(page.url()).pathname).toBe(first);
  expect(await page.locator('nav [role="menuitem"]').allInnerTexts()).toEqual(menu);
  for (const [name, path] of Object.entries(ADDRESSES).filter(([name]) => !menu.includes(name))) {
    const isList = !['Till', 'Import members', 'Birthdays', 'Roles', 'Imports', 'Jobs'].includes(name);
    for (const address of isList ? [path, `${path}/${shop.memberId}`] : [path]) {
      await follow(page, address);
      const screen = await page.locator('main').innerText();
      expect(screen).toContain(`${name}: not open to you`);
      expect(screen).toContain('The manager of your store or the owner can give you a role that holds it.');
      seen.push(await page.locator('body').innerHTML());
    }
  }
  for (const name of menu) {
    await follow(page, ADDRESSES[name] ?? '');
    const screen = await page.locator('main').innerText();
    expect(screen).not.toMatch(/not open to you|Not permitted|does not exist/);
    seen.push(await page.locator('body').innerHTML());
  }
  return seen;
}

/** Looks the member up beyond the menu; returns what the screens show. */
async function readMember(page: Page): Promise<string[]> {
  const seen = [];
  const { memberId, transactionId } = shop;
  for (const path of [`/members/${memberId}`, `/members/${memberId}/edit`, `/transactions/${transactionId}`]) {
    await follow(page, path);
    seen.push(await page.locator('body').innerHTML());
  }
  return seen;
}

test.each(EXPECTED)('$role: first screen, menu, refusals and personal data', async (expected) => {
  const page = await openAsRole(expected.role);
  const answers = listenToAnswers(page);
  const screens = [...(await checkScreens(page, expected)), ...(await readMember(page))];
  const seen = [...screens, await answers()].join('\n');
  const leaked = LEAKS.filter((secret) => seen.includes(secret));
  expect(leaked).toEqual(expected.personalData === 'clear' ? LEAKS : []);
  // The mask is a mask of this member: the last digits still tell two members apart.
  expect(/\*+2222/.test(seen)).toBe(expected.personalData === 'masked');
  await panel.release(page);
});

test('a role given or taken shows in the menu with the next click', async () => {
  const person = await panel.tessera.makeStaff({ role: 'cashier', store: shop.storeId });
  const owner = await panel.tessera.signInAs(shop.owner);
  const page = await panel.openSignedIn(person, '/transactions');
  const as = panel.tessera.as(owner);
  const roles = await as.get('/api/access/roles/assignable').query({ staffId: person.id, storeId: shop.storeId });
  const auditor = (roles.body as { roleId: string; name: { en: string } }[]).find(({ name }) => name.en === 'Auditor');
  const body = { staffId: person.id, roleId: auditor?.roleId, storeId: shop.storeId };
  await as.post('/api/access/assignments').send(body).expect(201);
  await page.getByRole('menuitem', { name: 'Transactions' }).click();
  await page.getByRole('link', { name: 'R1-' }).first().click();
  await page.getByRole('menuitem', { name: 'Audit trail' }).click();
  await settle(page);
  await page.getByRole('heading', { name: 'Audit trail' }).waitFor();
  await panel.release(page);
});
