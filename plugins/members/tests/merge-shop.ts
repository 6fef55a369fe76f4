import { randomUUID } from 'node:crypto';
import { kernel } from '@tessera/kernel/public';
import { bootTessera, type Tessera } from '../../../config/presets/testing';

/** A shop where members earn points, have cards and coupons, and rise in tiers. */
export interface MergeShop {
  tessera: Tessera;
  token: string;
  storeId: string;
  tillId: string;
  /** ¥100 each. */
  sku: string;
  /** Pay 500 get 60. */
  planSku: string;
  templateId: string;
  query<Row>(text: string, parameters?: readonly unknown[]): Promise<Row[]>;
  post(
    path: string,
    body: object,
    options?: { token?: string; key?: string },
  ): ReturnType<ReturnType<Tessera['as']>['post']>;
  get(path: string, token?: string): ReturnType<ReturnType<Tessera['as']>['get']>;
  sell(memberId: string, more?: object): ReturnType<ReturnType<Tessera['as']>['post']>;
  /** Points, cards and a coupon: sells ¥100, tops a card up, issues a coupon. */
  fill(memberId: string, points: number): Promise<{ saleId: string; lineId: string; cardId: string }>;
  merge(
    keptId: string,
    duplicateId: string,
    more?: object,
    options?: { token?: string; key?: string },
  ): ReturnType<MergeShop['post']>;
  undo(keptId: string, mergeId: string): ReturnType<MergeShop['post']>;
  /** Everything that a merge may move, of these members: what has to be the same after an undo. */
  stateOf(...memberIds: string[]): Promise<unknown>;
}

const STATE = `SELECT m.document_id AS id, m.member_no, m.name, m.name_pinyin, m.phone, m.phone_last_4, m.birthday, m.gender, m.tags, m.note, m.status,
  m.joined_at, (SELECT array_agg(l.store_id) FROM public.members_home_store_lnk l WHERE l.member_id = m.id) AS home,
  (SELECT array_agg(l.inv_member_id) FROM public.members_merged_into_lnk l WHERE l.member_id = m.id) AS merged_into,
  tessera.member_now(m.document_id) AS now, tessera.points_balance(m.document_id) AS points,
  (SELECT json_agg(json_build_array(l.id, l.remaining, l.available_from, l.expires_at) ORDER BY l.id) FROM tessera.point_lot l
    WHERE l.member_id = m.document_id) AS lots,
  (SELECT json_agg(json_build_array(c.id, l.id, l.principal, l.bonus, l.sessions) ORDER BY c.id, l.id) FROM tessera.card c
    LEFT JOIN tessera.card_lot l ON l.card_id = c.id WHERE c.member_id = m.document_id) AS cards,
  (SELECT json_agg(json_build_array(c.id, c.state) ORDER BY c.id) FROM tessera.coupon c
    WHERE c.member_id = ANY (tessera.member_family(m.document_id))) AS coupons,
  tessera.tier_facts(m.document_id, current_date) AS tier
  FROM public.members m WHERE m.document_id = ANY ($1) ORDER BY m.id`;

export async function openMergeShop(): Promise<MergeShop> {
  const tessera = await bootTessera();
  const storeId = await tessera.makeStore();
  const tillId = await tessera.makeTill({ store: storeId });
  const { sku } = await tessera.makeProduct({ unitPrice: 10_000 });
  const { sku: planSku } = await tessera.makeCardPlan({ unitPrice: 50_000, bonus: 6_000 });
  await tessera.makePoints({
    earningTenders: ['card'],
    redeemMin: 1,
    redeemStep: 1,
    redeemMaxShare: 10_000,
    whenSpent: 'debt',
  });
  await tessera.makeTier({ code: 'silver', rank: 1, spendFrom: 1_000_000 });
  const templateId = await tessera.makeCouponTemplate({ limitPerMember: 2 });
  const token = await tessera.signIn('owner');
  const query: MergeShop['query'] = (text, parameters = []) =>
    kernel(tessera.strapi).database.query(text, [...parameters]);
  const post: MergeShop['post'] = (path, body, options = {}) =>
    tessera
      .as(options.token ?? token)
      .post(`/api${path}`)
      .set('Idempotency-Key', options.key ?? randomUUID())
      .send(body);
  const sell: MergeShop['sell'] = (memberId, more = {}) =>
    post('/checkout/transactions', {
      storeId,
      tillId,
      memberId,
      lines: [{ sku, quantity: 1 }],
      tenders: [{ method: 'card', amount: 10_000 }],
      ...more,
    });
  return {
    tessera,
    token,
    storeId,
    tillId,
    sku,
    planSku,
    templateId,
    query,
    post,
    get: (path, as = token) => tessera.as(as).get(`/api${path}`),
    sell,
    async fill(memberId, points) {
      const { body: sale } = await sell(memberId).expect(201);
      const lines = [{ sku: planSku, quantity: 1 }];
      const { body: topUp } = await sell(memberId, { lines, tenders: [{ method: 'card', amount: 50_000 }] }).expect(
        201,
      );
      if (points !== 0)
        await post(`/points/members/${memberId}/adjustments`, { amount: points, reason: 'a gift', storeId }).expect(
          201,
        );
      await post('/campaigns/coupon-issues', { templateId, memberIds: [memberId], reason: 'a gift' }).expect(201);
      return { saleId: sale.id, lineId: sale.lines[0].id, cardId: topUp.cards[0].cardId };
    },
    merge: (keptId, duplicateId, more = {}, options = {}) =>
      post(`/members/${keptId}/merges`, { duplicateId, reason: 'the same person twice', ...more }, options),
    undo: (keptId, mergeId) => post(`/members/${keptId}/merges/${mergeId}/undo`, { reason: 'two persons after all' }),
    stateOf: (...memberIds) => query(STATE, [memberIds]),
  };
}
