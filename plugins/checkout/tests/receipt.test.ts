import { randomUUID } from 'node:crypto';
import { toString as qrCodeOf } from 'qrcode';
import { openShop, type Shop } from './make-shop';

let shop: Shop;
let sale: { id: string; number: string };
let member: { id: string; memberNo: string };

beforeAll(async () => {
  shop = await openShop();
  member = await shop.tessera.makeMember({ name: '欧阳<b>修' });
  const manualDiscount = { kind: 'percent', basisPoints: 1_000, reason: '包装破损 <1 cm' };
  const tenders = [{ method: 'cash', amount: 3_582, received: 4_000 }];
  sale = (await shop.sell({ ...shop.cart, memberId: member.id, manualDiscount, tenders }).expect(201)).body;
});
afterAll(() => shop.tessera.close());

const receipt = (query = '', { token = shop.token, id = sale.id } = {}) =>
  shop.tessera.as(token).get(`/api/checkout/transactions/${id}/receipt${query}`);

const LANGUAGES = [
  { lang: 'zh', tag: 'zh-CN', words: ['单号', '会员', '原价合计', '优惠', '应付', '实收现金', '找零'] },
  { lang: 'en', tag: 'en', words: ['No.', 'Member', 'List price', 'You save', 'Total', 'Cash received', 'Change'] },
];
const CASES = LANGUAGES.flatMap((language) => [58, 80].map((width) => ({ ...language, width })));

test.each(CASES)('the receipt in $lang for $width mm says all in that language, on that paper', async (each) => {
  const { text, headers } = await receipt(`?lang=${each.lang}&width=${each.width}`).expect(200);
  expect(headers['content-type']).toBe('text/html; charset=utf-8');
  expect(text).toContain(`<html lang="${each.tag}">`);
  expect(text).toContain(`@page{size:${each.width}mm auto`);
  for (const word of each.words) expect(text).toContain(word);
  const others = LANGUAGES.filter(({ lang }) => lang !== each.lang).flatMap(({ words }) => words);
  for (const word of others) expect(text).not.toContain(`<td>${word}</td>`);
});

test('it explains the discount under its line, with the sums before and after', async () => {
  const { text } = await receipt('?lang=en').expect(200);
  const cells = [...text.matchAll(/<td[^>]*>(.*?)<\/td>/g)].map((match) => match[1] ?? '');
  const why = cells.findIndex((cell) => cell.endsWith('包装破损 &lt;1 cm'));
  expect(why).toBeGreaterThan(0);
  expect(cells[why - 1]).toContain('39.80');
  expect(cells[why + 1]).toMatch(/^[-−].*3\.98$/);
  expect(cells[why + 3]).toContain('35.82');
  expect(cells[cells.indexOf('Total') + 1]).toContain('35.82');
  expect(cells[cells.indexOf('Change') + 1]).toContain('4.18');
});

test('its QR code holds the number of the transaction, which stands below it', async () => {
  const { text } = await receipt().expect(200);
  const codeOf = (content: string) => qrCodeOf(content, { type: 'svg', margin: 0, errorCorrectionLevel: 'M' });
  expect(text).toContain(await codeOf(sale.number));
  expect(text).not.toContain(await codeOf(`${sale.number}0`));
  expect(text).toContain(`<p>${sale.number}</p>`);
});

test('what people typed is text, not markup, and the page may run and load nothing', async () => {
  const { text, headers } = await receipt().expect(200);
  expect(text).toContain('包装破损 &lt;1 cm');
  expect(text).not.toMatch(/<script|<b>/);
  expect(headers['content-security-policy']).toBe("default-src 'none'; style-src 'unsafe-inline'");
  expect(headers['cache-control']).toBe('private, no-store');
});

test('a cashier of another store does not get it', async () => {
  const token = await shop.tessera.signIn('cashier', { store: await shop.tessera.makeStore() });
  const refused = await receipt('', { token }).expect(403);
  expect(refused.body.error).toMatchObject({ code: 'forbidden', details: { permission: 'transactions.view' } });
  expect(refused.text).not.toContain(sale.number);
});

test.each(['?width=70', '?lang=fr', '?paper=a4'])('%s is refused', async (query) => {
  expect((await receipt(query).expect(400)).body.error.code).toBe('invalid_input');
});

test('a transaction that is not there has no receipt', async () => {
  expect((await receipt('', { id: randomUUID() }).expect(404)).body.error.code).toBe('not_found');
});
