import { randomUUID } from 'node:crypto';
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
import { scan } from './till-shop';

let panel: Panel;
let cashier: Person;
let auditor: Person;
let token: string;
let place: { storeId: string; tillId: string };
let sku: string;

beforeAll(async () => {
  panel = await openPanel();
  const { tessera } = panel;
  const storeId = await tessera.makeStore();
  place = { storeId, tillId: await tessera.makeTill({ store: storeId }) };
  sku = (await tessera.makeProduct({ unitPrice: 1_990 })).sku;
  const staff = await tessera.makeStaff({ role: 'cashier', store: storeId });
  cashier = staff;
  auditor = await tessera.makeStaff({ role: 'auditor', store: storeId });
  token = await tessera.signInAs(staff);
});
afterAll(() => panel?.close());

/** Sells so many pieces, 10 % off, paid by card. */
async function sell(quantity: number): Promise<string> {
  return (await sellOne(quantity)).id;
}

async function sellOne(quantity: number, memberId?: string): Promise<{ id: string; number: string }> {
  const amount = Math.round(1_990 * quantity * 0.9);
  const sale = await panel.tessera
    .as(token)
    .post('/api/checkout/transactions')
    .set('Idempotency-Key', randomUUID())
    .send({
      ...place,
      ...(memberId ? { memberId } : {}),
      lines: [{ sku, quantity }],
      manualDiscount: { kind: 'percent', basisPoints: 1_000, reason: 'Regular' },
      tenders: [{ method: 'card', amount }],
    })
    .expect(201);
  return sale.body;
}

test('a cashier takes one of three pieces back, and the sale says so', async () => {
  const id = await sell(3);
  const page = await panel.openSignedIn(cashier, `/transactions/${id}`);
  await page.getByRole('button', { name: 'Refund' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('spinbutton').fill('1');
  await dialog.getByLabel('Why').fill('Damaged');
  await dialog.getByText('The customer gets').waitFor();
  await shows(dialog, 'Card ¥17.91');
  await dialog.getByRole('button', { name: 'Refund' }).click();
  await page.getByText('The sale that this refunds').click();
  await page.getByText('Taken back').waitFor();
  await settle(page);
  await shows(page.locator('main'), /Damaged · by [^\n]+\s+-¥17\.91/);
  await panel.release(page);
});

test('above the limit the cashier is told before, and who could do it after', async () => {
  const id = await sell(6);
  const page = await panel.openSignedIn(cashier, `/transactions/${id}`);
  await page.getByRole('button', { name: 'Refund' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Everything' }).click();
  await dialog.getByLabel('Why').fill('Damaged');
  await dialog.getByText('above your limit').waitFor();
  await dialog.getByRole('button', { name: 'Refund', exact: true }).click();
  await dialog.getByText(/Store manager/).waitFor();
  await panel.release(page);
});

test('a receipt scanned at the till opens its sale, and what is taken back leaves that till', async () => {
  const { number } = await sellOne(3);
  const page = await panel.openSignedIn(cashier, '/till');
  await page.getByRole('button', { name: 'Refund' }).waitFor();
  await scan(page, number);
  const dialog = page.getByRole('dialog', { name: number });
  await dialog.getByRole('spinbutton').fill('1');
  await dialog.getByLabel('Why').fill('Damaged');
  await dialog.getByRole('button', { name: 'Refund', exact: true }).click();
  await dialog.getByText('Booked as').waitFor();
  await shows(dialog, 'Card ¥17.91');
  await screenshot(page, 'till-refunded');
  await dialog.getByRole('button', { name: 'Done' }).click();
  await dialog.waitFor({ state: 'detached' });
  await panel.release(page);
});

test('money of a refund stays with the member on a card', async () => {
  const member = await panel.tessera.makeMember();
  const { id } = await sellOne(2, member.id);
  const page = await panel.openSignedIn(cashier, `/transactions/${id}`);
  await page.getByRole('button', { name: 'Refund' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('spinbutton').fill('1');
  await dialog.getByLabel('Why').fill('Damaged');
  await dialog.getByLabel('On the member’s card').check();
  await dialog.getByText('Stored value ¥17.91').waitFor();
  await screenshot(page, 'refund-store-credit');
  await dialog.getByRole('button', { name: 'Refund', exact: true }).click();
  await page.getByText('The sale that this refunds').waitFor();
  await settle(page);
  await shows(page.locator('main'), /Stored value\s+-¥17\.91/);
  await panel.release(page);
});

test('what is withheld for points that were spent is told before and after', async () => {
  const { tessera } = panel;
  await tessera.makePoints({ whenSpent: 'deduct', earningTenders: ['card'] });
  const member = await tessera.makeMember();
  const { id } = await sellOne(2, member.id);
  const owner = await tessera.signIn('owner');
  const spent = tessera.as(owner).post(`/api/points/members/${member.id}/adjustments`);
  const adjustment = { amount: -30, reason: 'a gift', storeId: place.storeId };
  await spent.set('Idempotency-Key', randomUUID()).send(adjustment).expect(201);
  const page = await panel.openSignedIn(cashier, `/transactions/${id}`);
  await page.getByRole('button', { name: 'Refund' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Everything' }).click();
  await dialog.getByLabel('Why').fill('Damaged');
  await shows(dialog.getByRole('alert').first(), /The customer gets ¥35\.52[\s\S]*Withheld for spent points ¥0\.30/);
  await screenshot(page, 'refund-withheld');
  await dialog.getByRole('button', { name: 'Refund', exact: true }).click();
  await page.getByText('The sale that this refunds').waitFor();
  await settle(page);
  await shows(page.locator('main'), /Withheld for spent points\s+-¥0\.30/);
  await panel.release(page);
});

test('goods are exchanged at the till: scan the receipt, choose the others, pay the difference', async () => {
  const { number } = await sellOne(3);
  const page = await panel.openSignedIn(cashier, '/till');
  await page.getByRole('button', { name: 'Refund' }).waitFor();
  await scan(page, number);
  const dialog = page.getByRole('dialog', { name: number });
  await dialog.getByText('Exchange', { exact: true }).click();
  await dialog.getByRole('spinbutton').fill('1');
  await dialog.getByLabel('Why').fill('Wrong item');
  await screenshot(page, 'till-exchange-choose');
  await dialog.getByRole('button', { name: 'Choose the other goods' }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.getByText('¥17.91 comes back and pays').waitFor();
  await scan(page, sku);
  await page.getByText('only the difference is due').waitFor();
  await page.locator('output', { hasText: '¥1.99' }).waitFor();
  await screenshot(page, 'till-exchange');
  expect(await accessibilityFaults(page)).toEqual([]);
  await page.reload();
  await page.getByText('only the difference is due').waitFor();
  await page.getByRole('button', { name: /^Exact/ }).click();
  await page.getByText('Sale booked').waitFor();
  await screenshot(page, 'till-exchanged');
  await panel.release(page);
});

test('an exchange that pays back ends with what the customer gets, largest; what was searched for is gone', async () => {
  const { number } = await sellOne(3);
  const cheap = await panel.tessera.makeProduct({ unitPrice: 1_000, nameEn: 'Small soap' });
  const page = await panel.openSignedIn(cashier, '/till');
  await page.getByRole('button', { name: 'Refund' }).waitFor();
  await scan(page, number);
  const dialog = page.getByRole('dialog', { name: number });
  await dialog.getByText('Exchange', { exact: true }).click();
  await dialog.getByRole('spinbutton').fill('1');
  await dialog.getByLabel('Why').fill('Wrong item');
  await dialog.getByRole('button', { name: 'Choose the other goods' }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.getByLabel('Search goods and services').fill('Small');
  await page.locator(`.till-tile[data-sku="${cheap.sku}"]`).click();
  await page.getByText('only the difference is due').waitFor();
  await page.keyboard.press('F9');
  await page.getByRole('button', { name: 'Finish: nothing to pay' }).click();
  await page.getByText('Sale booked').waitFor();
  await page.getByLabel('Back to the customer').filter({ hasText: '¥7.91' }).waitFor();
  await page.getByText('Exchanged for goods of ¥10.00').waitFor();
  await settle(page);
  expect(await page.getByLabel('Search goods and services').inputValue()).toBe('');
  await screenshot(page, 'till-exchanged-back');
  await panel.release(page);
});

/** A card that its buyer has handed on. */
async function handOn(): Promise<{ saleId: string; buyerNo: string; holderNo: string }> {
  const { tessera } = panel;
  const { sku: planSku } = await tessera.makeCardPlan({ unitPrice: 50_000, bonus: 6_000 });
  const [buyer, holder] = [await tessera.makeMember(), await tessera.makeMember()];
  const owner = tessera.as(await tessera.signIn('owner'));
  const post = (path: string, body: object) => owner.post(path).set('Idempotency-Key', randomUUID()).send(body);
  const tenders = [{ method: 'card', amount: 50_000 }];
  const lines = [{ sku: planSku, quantity: 1 }];
  const body = { ...place, memberId: buyer.id, lines, tenders };
  const sale = (await post('/api/checkout/transactions', body).expect(201)).body;
  const gift = { memberId: holder.id, reason: 'a gift' };
  await post(`/api/cards/${sale.cards[0].cardId}/transfer`, gift).expect(201);
  return { saleId: sale.id, buyerNo: buyer.memberNo, holderNo: holder.memberNo };
}

test.each<[View, RegExp]>([
  [{ language: 'en', size: 'desktop' }, /belongs to member (\S+) now\. The money is for member (\S+), who/],
  [{ language: 'zh-CN', size: 'tablet', appearance: 'dark' }, /现已归会员 (\S+)。退款应退给购卡人会员 ([^，]+)，/],
])('whoever refunds a card that was handed on is told for whom the money is: %o', async (view, told) => {
  const { saleId, buyerNo, holderNo } = await handOn();
  const manager = await panel.tessera.makeStaff({ role: 'store-manager', store: place.storeId });
  const page = await panel.openSignedIn(manager, `/transactions/${saleId}`, view);
  await page.locator('button:has(.anticon-rollback)').click();
  await page.getByRole('dialog').getByRole('spinbutton').fill('1');
  await settle(page);
  const notice = await page.locator('.refund-warning').innerText();
  expect(told.exec(notice)?.slice(1)).toEqual([holderNo, buyerNo]);
  await screenshot(page, 'refund-handed-on');
  expect(await accessibilityFaults(page)).toEqual([]);
  await panel.release(page);
});

test('a number of nowhere is said so, and a sale of the day is voided whole', async () => {
  const { number } = await sellOne(1);
  const page = await panel.openSignedIn(cashier, '/till');
  await page.getByRole('button', { name: 'Refund' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox').fill('X-990101-1');
  await dialog.getByRole('button', { name: 'Find the sale' }).click();
  await dialog.getByText('No sale with this number').waitFor();
  await dialog.getByRole('textbox').fill(number);
  await dialog.getByRole('textbox').press('Enter');
  await dialog.getByText('Void', { exact: true }).click();
  await dialog.getByLabel('Why').fill('Wrong price');
  await screenshot(page, 'till-void');
  expect(await accessibilityFaults(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Void the sale' }).click();
  await dialog.getByText('Booked as').waitFor();
  await panel.release(page);
});

test('the page of a sale offers to void it until its day is over or a part is back', async () => {
  const id = await sell(1);
  const page = await panel.openSignedIn(cashier, `/transactions/${id}`);
  await page.getByRole('button', { name: 'Void the sale' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Why').fill('Wrong price');
  await dialog.getByRole('button', { name: 'Void the sale' }).click();
  await page.getByText('The sale that this refunds').click();
  await page.getByText('Taken back').waitFor();
  await settle(page);
  expect(await page.getByRole('button', { name: 'Void the sale' }).count()).toBe(0);
  await panel.release(page);
});

test('who may not refund is not offered it', async () => {
  const page = await panel.openSignedIn(auditor, `/transactions/${await sell(1)}`);
  await page.getByRole('button', { name: 'Print receipt' }).waitFor();
  expect(await page.getByRole('button', { name: 'Refund' }).count()).toBe(0);
  await panel.release(page);
});

const views: View[] = [
  { language: 'zh-CN', size: 'desktop' },
  { language: 'en', size: 'tablet', appearance: 'dark' },
];
test.each(views)('the dialog reads well: %o', async (view) => {
  const page = await panel.openSignedIn(cashier, `/transactions/${await sell(3)}`, view);
  await page.locator('.anticon-rollback').click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('spinbutton').fill('2');
  await settle(page);
  await screenshot(page, 'refund');
  expect(await accessibilityFaults(page)).toEqual([]);
  expect(await textFaults(page, ['cashier', 'Till', 'Regular'])).toEqual([]);
  await panel.release(page);
});
