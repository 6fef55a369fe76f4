import { randomUUID } from 'node:crypto';
import { kernel } from '@tessera/kernel/public';
import type { Tessera } from '../../config/presets/testing';
import type { Place } from './valid-requests';

let nextRank = 1;

type Owner = ReturnType<Tessera['as']>;

/** A member who gave points for a gift, and a gift that is stocked. */
async function giveGift(
  owner: Owner,
  ask: { giftId: string; memberId: string; storeId: string },
  stocked: string,
): Promise<{ id: string }> {
  const post = (path: string, body: object) =>
    owner.post(`/api/points/${path}`).set('Idempotency-Key', randomUUID()).send(body).expect(201);
  const { storeId } = ask;
  await post(`members/${ask.memberId}/adjustments`, { amount: 150, reason: 'a gift', storeId });
  await post(`gifts/${stocked}/stock-moves`, { storeId, kind: 'received', quantity: 2 });
  return (await post('gift-handouts', ask)).body as { id: string };
}

/** A store with one of everything, so that a request can name it. */
export async function makePlace(tessera: Tessera, ownerToken: string): Promise<Place> {
  const owner = tessera.as(ownerToken);
  const storeId = await tessera.makeStore();
  const tillId = await tessera.makeTill({ store: storeId });
  const [member, product, service, person] = await Promise.all([
    tessera.makeMember({ homeStore: storeId, phone: null }),
    tessera.makeProduct(),
    tessera.makeService(),
    tessera.makeStaff({ role: 'cashier', store: storeId }),
  ]);
  const { programmeId, ruleId } = await tessera.makePoints({ active: false });
  const tierId = await tessera.makeTier({ code: `T-${randomUUID().slice(0, 8)}`, rank: nextRank++, active: false });
  const tierPriceId = await tessera.makeTierPrice({ tier: tierId, product: product.id });
  const templateId = await tessera.makeCouponTemplate();
  const issue = await owner
    .post('/api/campaigns/coupon-batches')
    .set('Idempotency-Key', randomUUID())
    .send({ templateId, count: 1, reason: 'leaflet' })
    .expect(201);
  const giftId = await tessera.makeGift();
  const handout = await giveGift(
    owner,
    { giftId, memberId: member.id, storeId },
    await tessera.makeGift({ counted: true }),
  );
  const cardPlan = await tessera.makeCardPlan();
  const cart = { storeId, tillId, memberId: member.id, lines: [{ sku: product.sku, quantity: 1 }] };
  const tenders = [{ method: 'card', amount: 1_000 }];
  const sale = await owner
    .post('/api/checkout/transactions')
    .set('Idempotency-Key', randomUUID())
    .send({ ...cart, tenders })
    .expect(201);
  const card = await owner
    .post('/api/checkout/transactions')
    .set('Idempotency-Key', randomUUID())
    .send({ ...cart, lines: [{ sku: cardPlan.sku, quantity: 1 }], tenders: [{ method: 'card', amount: 10_000 }] })
    .expect(201);
  const shift = await owner
    .post('/api/checkout/shifts')
    .set('Idempotency-Key', randomUUID())
    .send({ storeId, tillId, float: [] })
    .expect(201);
  const [ids] = await kernel(tessera.strapi).database.query<
    Record<'assignmentId' | 'roleId' | 'staffDocumentId', string>
  >(
    `SELECT a.id::text AS "assignmentId", a.role_id::text AS "roleId",
      (SELECT document_id FROM public.staff_profiles WHERE staff_no = $2) AS "staffDocumentId"
    FROM tessera.assignment a WHERE a.staff_id = $1`,
    [person.id, person.staffNo],
  );
  const of = async (resource: string, filter = '') =>
    (await owner.get(`/api/backoffice/${resource}?_end=1${filter}`).expect(200)).body[0].id as string;
  return {
    storeId,
    tillId,
    memberId: member.id,
    productId: product.id,
    serviceId: service.id,
    sku: product.sku,
    staffId: person.id,
    transactionId: sale.body.id,
    shiftId: shift.body.id,
    runId: '0198c000-0000-7000-8000-000000000001',
    categoryId: await of('categories'),
    taxClassId: await of('tax-classes'),
    programmeId,
    ruleId,
    tierId,
    tierPriceId,
    templateId,
    couponId: await of('coupons'),
    issueId: issue.body.id,
    cardPlanId: cardPlan.id,
    cardId: card.body.cards[0].cardId,
    giftId,
    handoutId: handout.id,
    giftStockId: await of('gift-stock', `&storeId=${storeId}`),
    giftStockMoveId: await of('gift-stock-moves', `&storeId=${storeId}`),
    assignmentId: ids?.assignmentId ?? '',
    roleId: ids?.roleId ?? '',
    staffDocumentId: ids?.staffDocumentId ?? '',
  };
}
