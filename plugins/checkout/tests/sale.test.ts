import { randomUUID } from 'node:crypto';
import { bootTessera, type Tessera } from '../../../config/presets/testing';

let tessera: Tessera;
let token: string;
let cart: { storeId: string; tillId: string; memberId: string; lines: { sku: string; quantity: number }[] };

beforeAll(async () => {
  tessera = await bootTessera();
  const storeId = await tessera.makeStore();
  const tillId = await tessera.makeTill({ store: storeId });
  const member = await tessera.makeMember();
  const product = await tessera.makeProduct({ unitPrice: 1_990 });
  const service = await tessera.makeService({ unitPrice: 8_800 });
  cart = {
    storeId,
    tillId,
    memberId: member.id,
    lines: [
      { sku: product.sku, quantity: 2 },
      { sku: service.sku, quantity: 1 },
    ],
  };
  token = await tessera.signIn('owner');
});
afterAll(() => tessera.close());

test('a quote prices the cart, a sale books it, and it can be looked at', async () => {
  const quote = await tessera.as(token).post('/api/checkout/quotes').send(cart).expect(200);
  expect(quote.body.totals).toEqual({ list: 12_780, discount: 0, tax: 723, payable: 12_780, payableInCash: 12_780 });
  const sale = await tessera
    .as(token)
    .post('/api/checkout/transactions')
    .set('Idempotency-Key', randomUUID())
    .send({
      ...cart,
      quoteHash: quote.body.quoteHash,
      tenders: [{ method: 'cash', amount: 12_780, received: 13_000 }],
    })
    .expect(201);
  expect(sale.body.totals).toMatchObject({ paid: 12_780, change: 220 });
  const seen = await tessera.as(token).get(`/api/checkout/transactions/${sale.body.id}`).expect(200);
  expect(seen.body).toEqual(sale.body);
});

test('the catalogue lists what is for sale', async () => {
  const catalogue = await tessera.as(token).get(`/api/checkout/catalogue?storeId=${cart.storeId}`).expect(200);
  expect(catalogue.body.items.map((item: { sku: string }) => item.sku).sort()).toEqual(
    cart.lines.map((line) => line.sku).sort(),
  );
});
