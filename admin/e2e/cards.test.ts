import { kernel } from '@tessera/kernel/public';
import type { Page } from 'playwright-core';
import {
  accessibilityFaults,
  follow,
  openPanel,
  screenshot,
  settle,
  textFaults,
  type Panel,
  type View,
} from './harness';
import { chooseTill, openShop, type Shop } from './till-shop';

let panel: Panel;
let shop: Shop;
beforeAll(async () => {
  panel = await openPanel();
  shop = await openShop(panel);
  const { tessera } = panel;
  const value = { nameEn: 'Pay 500, get 60', nameZh: '充500送60', unitPrice: 50_000, bonus: 6_000 };
  await tessera.makeCardPlan(value);
  const service = await tessera.makeService({ nameEn: 'Short cut', nameZh: '短发修剪', unitPrice: 8_000 });
  const cuts = { nameEn: 'Ten cuts', nameZh: '十次卡', kind: 'sessions', unitPrice: 60_000, sessionCount: 10 };
  await tessera.makeCardPlan({ ...cuts, services: [service.id] });
  const coupon = { code: 'TEN', nameEn: 'Ten off', nameZh: '满减券', validDays: 30 };
  const bonusCoupon = await tessera.makeCouponTemplate(coupon);
  const gift = { nameEn: 'Pay 300, get 3 coupons', nameZh: '充300送3张券', unitPrice: 30_000 };
  await tessera.makeCardPlan({ ...gift, bonusKind: 'coupons', bonusCount: 3, bonusCoupon });
  const saver = { code: 'SAVER', nameEn: 'Saver', nameZh: '储值会员', spendFrom: null, topUpFrom: 500_000 };
  await tessera.makeTier({ ...saver, rank: 1, discountRate: 0 });
  const month = { nameEn: 'A month of cuts', nameZh: '月卡', kind: 'time', unitPrice: 30_000, validityDays: 30 };
  const terms = { usesPer: 'day', usesLimit: 1, freezeDays: 10, sharedWith: 1 };
  await tessera.makeCardPlan({ ...month, ...terms, services: [service.id] });
  const { database } = kernel(tessera.strapi);
  await database.query('UPDATE public.stores SET payment_pin_from = 5000 WHERE document_id = $1', [shop.storeId]);
});
afterAll(() => panel?.close());

const OWN_WORDS = [
  '王小明',
  '王**',
  ...['Saver', '储值会员'],
  'store-manager',
  'marketing',
  'Pay 500, get 60',
  'Ten cuts',
  'Short cut',
  '充500送60',
  '十次卡',
  'A month of cuts',
  '月卡',
  '短发修剪',
  'lost at the pool',
  ...[
    'Pay 300, get 3 coupons',
    '充300送3张券',
    'Ten off',
    '满减券',
    'Pay 200, get two cuts',
    '充200送2次剪发',
    'CP-200',
    'CP-201',
  ],
];

const CARE_ZH = {
  care: /会员卡：冻结/,
  freeze: '冻结',
  unfreeze: '解冻',
  replace: '补卡',
  handOn: '转赠',
  reason: '原因',
  month: '月卡',
  pin: '支付密码',
  newPin: '新密码',
  again: '再次输入',
  setPin: '设置密码',
  next: '继续',
} as const;

const NAMES = {
  en: {
    value: 'Pay 500, get 60',
    cuts: 'Ten cuts',
    cut: 'Short cut',
    card: 'Card',
    stored: 'Stored value',
    care: /Cards: freeze/,
    freeze: 'Freeze',
    unfreeze: 'Unfreeze',
    replace: 'Replace',
    handOn: 'Hand on',
    reason: 'Reason',
    month: 'A month of cuts',
    pin: 'Payment PIN',
    newPin: 'New PIN',
    again: 'Once more',
    setPin: 'Set the PIN',
    next: 'Continue',
    more: /One session .* more/,
  },
  'zh-CN': {
    value: '充500送60',
    cuts: '十次卡',
    cut: '短发修剪',
    card: '刷卡',
    stored: '储值',
    more: /多用一次/,
    ...CARE_ZH,
  },
} as const;

async function look(page: Page, name: string): Promise<void> {
  await settle(page);
  await screenshot(page, `cards-${name}`);
  expect(await textFaults(page, OWN_WORDS)).toEqual([]);
  const isEnglish = await page.evaluate(() => document.documentElement.lang === 'en');
  if (isEnglish) expect(await accessibilityFaults(page)).toEqual([]);
}

async function findMember(page: Page): Promise<void> {
  await page.keyboard.press('F2');
  await page.keyboard.type(shop.member.lastFour, { delay: 60 });
  await page.getByRole('option').first().waitFor();
  await page.keyboard.press('Enter');
  await page.locator('.till-member-who').waitFor();
}

const tile = (page: Page, name: string) => page.locator('.till-tile', { hasText: name });

const key = (page: Page, name: string) => page.getByRole('button', { name: new RegExp(`^${[...name].join(' ?')}$`) });

/** In the dialog that is open: says why and does it. */
async function confirm(page: Page, act: string, reason: string): Promise<void> {
  const dialog = page.getByRole('dialog').last();
  await dialog.getByLabel(reason).fill('lost at the pool');
  await key(page, act).last().click();
}

/** At the till: the member chooses a PIN. */
async function choosePin(page: Page, words: (typeof NAMES)[keyof typeof NAMES]): Promise<void> {
  await page.getByRole('button', { name: words.care }).click();
  await key(page, words.pin).click();
  const dialog = page.getByRole('dialog').last();
  await dialog.getByLabel(words.newPin).fill('135790');
  await dialog.getByLabel(words.again).fill('135790');
  await look(page, 'choose-pin');
  await confirm(page, words.setPin, words.reason);
  await page.getByLabel(words.newPin).waitFor({ state: 'detached' });
  await settle(page);
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
}

/** Stored value above the amount of the store: the member types the PIN, then it pays. */
async function payWithPin(page: Page, words: (typeof NAMES)[keyof typeof NAMES]): Promise<void> {
  const stored = page.locator('.till-method-keys button', { hasText: words.stored });
  await stored.click();
  await page.locator('.till-sheet input[type="password"]').fill('135790');
  await look(page, 'pin');
  await key(page, words.next).click();
  await stored.click();
  await page.locator('.till-done').waitFor();
}

/** At the till: the card is frozen, which the cart says at once, and unfrozen again. */
async function careAtTheTill(page: Page, words: (typeof NAMES)[keyof typeof NAMES]): Promise<void> {
  await page.getByRole('button', { name: words.care }).click();
  await key(page, words.freeze).first().click();
  await look(page, 'freeze');
  await confirm(page, words.freeze, words.reason);
  await key(page, words.unfreeze).first().waitFor();
  await look(page, 'frozen');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.locator('.till-points .till-warn').first().waitFor();
  await look(page, 'blocked');
  await page.getByRole('button', { name: words.care }).click();
  await key(page, words.unfreeze).first().click();
  await confirm(page, words.unfreeze, words.reason);
  await key(page, words.unfreeze).first().waitFor({ state: 'detached' });
  await settle(page);
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
}

test.each<View>([
  { language: 'en', size: 'desktop' },
  { language: 'zh-CN', size: 'desktop' },
])('cards are sold, used and explained ($language)', async (view) => {
  const words = NAMES[view.language ?? 'en'];
  const manager = await panel.tessera.makeStaff({ role: 'store-manager', store: shop.storeId });
  const page = await panel.openSignedIn(manager, '/till', view);
  await chooseTill(page);
  await findMember(page);
  await tile(page, words.value).click();
  await tile(page, words.cuts).click();
  await tile(page, words.month).click();
  await page.locator('.till-points', { hasText: /Article 15|第十五条/ }).waitFor();
  await look(page, 'sale');
  await page.locator('.till-method-keys button', { hasText: words.card }).last().click();
  await page.locator('.till-pay-body button[type="submit"]').click();
  await page.locator('.till-done').waitFor();
  await look(page, 'sold');
  await page.keyboard.press('Enter');
  await findMember(page);
  await tile(page, words.cut).click();
  await choosePin(page, words);
  await careAtTheTill(page, words);
  await tile(page, words.cut).click();
  await page.getByRole('button', { name: words.more }).click();
  await page.locator('.till-reason').first().waitFor();
  await look(page, 'session');
  await payWithPin(page, words);
  await look(page, 'paid');
  await follow(page, `/members/${shop.member.id}`);
  await settle(page);
  await page
    .locator('section', { hasText: /\d{16}/ })
    .first()
    .waitFor();
  await look(page, 'member');
  await key(page, words.replace).first().click();
  await confirm(page, words.replace, words.reason);
  await page
    .getByRole('alert')
    .filter({ hasText: /\d{16}/ })
    .waitFor();
  await key(page, words.handOn).first().click();
  await look(page, 'hand-on');
  await page.keyboard.press('Escape');
  await settle(page);
  await look(page, 'replaced');
  await panel.release(page);
});

const GIFT = {
  en: {
    plan: 'Pay 300, get 3 coupons',
    card: 'Card',
    told: /Comes with it: 3 × Ten off/,
    missing: /¥[\d,.]+ of top-up to Saver/,
    given: '3 × Ten off given',
    seen: /Coupons given\s*3 × Ten off/,
    refund: 'Refund',
    everything: 'Everything',
    gone: /Void with it: unused coupons: 3/,
    why: 'Why',
    voided: /Coupons made void\s*3 × Ten off/,
  },
  'zh-CN': {
    plan: '充300送3张券',
    card: '刷卡',
    told: /充值赠送：满减券 3 张/,
    missing: /距储值会员还差充值 ¥[\d,.]+/,
    given: '已赠送 满减券 3 张',
    seen: /赠送优惠券\s*3 × 满减券/,
    refund: '退款',
    everything: '全部退回',
    gone: /同时作废：未用优惠券 3 张/,
    why: '原因',
    voided: /作废优惠券\s*3 × 满减券/,
  },
} as const;

test.each<View>([
  { language: 'en', size: 'desktop' },
  { language: 'zh-CN', size: 'tablet' },
])('what comes with a top-up is told before it is paid, and goes with its refund ($language)', async (view) => {
  const words = GIFT[view.language ?? 'en'];
  const manager = await panel.tessera.makeStaff({ role: 'store-manager', store: shop.storeId });
  const page = await panel.openSignedIn(manager, '/till', view);
  await chooseTill(page);
  await findMember(page);
  await tile(page, words.plan).click();
  // An upright tablet shows the cart beside the catalogue, and pays in a sheet.
  if (view.size === 'tablet') await page.locator('.till-segments button').last().click();
  await page.locator('.till-points', { hasText: words.told }).waitFor();
  await page.locator('.till-points', { hasText: words.missing }).waitFor();
  await look(page, 'gift-told');
  if (view.size === 'tablet') await page.keyboard.press('F9');
  await page.locator('.till-method-keys button', { hasText: words.card }).last().click();
  await page.locator('.till-pay-body button[type="submit"]').click();
  const done = page.locator('.till-done', { hasText: words.given });
  await done.waitFor();
  await look(page, 'gift-given');
  const number = (await done.locator('.till-number').innerText()).trim();
  const { database } = kernel(panel.tessera.strapi);
  const [sale] = await database.query<{ id: string }>('SELECT id FROM tessera.transaction WHERE number = $1', [number]);
  await follow(page, `/transactions/${sale?.id}`);
  await page.locator('main', { hasText: words.seen }).waitFor();
  await page.getByRole('button', { name: words.refund }).first().click();
  const dialog = page.getByRole('dialog');
  await key(page, words.everything).click();
  await dialog.getByLabel(words.why).fill('lost at the pool');
  await dialog.getByText(words.gone).waitFor();
  await look(page, 'gift-refund');
  await dialog.locator('button[type="submit"]').click();
  await page.locator('main', { hasText: words.voided }).waitFor();
  await look(page, 'gift-void');
  await panel.release(page);
});

const FORM = {
  en: {
    kind: 'Bonus given as',
    sessions: 'Sessions',
    count: 'How many points, coupons or sessions',
    plan: 'Sessions of which session card',
    cuts: 'Ten cuts',
    save: 'Save',
    missing: 'Say of which session card',
  },
  'zh-CN': {
    kind: '赠送什么',
    sessions: '次数',
    count: '赠送积分、券或次数的数量',
    plan: '赠送哪种次卡的次数',
    cuts: '十次卡',
    save: '保存',
    missing: '请选择次卡',
  },
} as const;

test.each<View>([
  { language: 'en', size: 'desktop' },
  { language: 'zh-CN', size: 'tablet' },
])('a plan that gives sessions is made by its form, which says what is missing ($language)', async (view) => {
  const words = FORM[view.language ?? 'en'];
  const marketing = await panel.tessera.makeStaff({ role: 'marketing', store: shop.storeId });
  const page = await panel.openSignedIn(marketing, '/card-plans/new', view);
  await page.locator('#sku').fill(view.language === 'en' ? 'CP-200' : 'CP-201');
  await page.locator('#nameZh').fill('充200送2次剪发');
  await page.locator('#nameEn').fill('Pay 200, get two cuts');
  await page.locator('#unitPrice').fill('200');
  await page.locator('.ant-select', { has: page.locator('#bonusKind') }).click();
  await page.locator('.ant-select-item-option', { hasText: words.sessions }).last().click();
  await page.getByLabel(words.count).fill('2');
  await key(page, words.save).click();
  const field = page.locator('.ant-form-item', { has: page.locator('#bonusPlanId') });
  await field.locator('.ant-form-item-explain-error', { hasText: words.missing }).waitFor();
  await look(page, 'bonus-form');
  await page.locator('.ant-select', { has: page.locator('#bonusPlanId') }).click();
  await page.locator('.ant-select-item-option', { hasText: words.cuts }).first().click();
  await key(page, words.save).click();
  await page.getByRole('heading', { name: /Pay 200, get two cuts|充200送2次剪发/ }).waitFor();
  await panel.release(page);
});
