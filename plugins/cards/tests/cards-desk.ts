import { randomUUID } from 'node:crypto';
import { kernel } from '@tessera/kernel/public';
import type { Tessera } from '../../../config/presets/testing';

export interface Place {
  storeId: string;
  tillId: string;
}

/** A till of a new store with its owner behind it. */
export async function openDesk(tessera: Tessera, store: Record<string, unknown> = {}) {
  const storeId = await tessera.makeStore(store);
  const place: Place = { storeId, tillId: await tessera.makeTill({ store: storeId }) };
  const token = await tessera.signIn('owner');
  const post = (path: string, body: object, { key = randomUUID() as string, by = token } = {}) =>
    tessera.as(by).post(`/api${path}`).set('Idempotency-Key', key).send(body);
  const query = <Row>(text: string, parameters: readonly unknown[] = []): Promise<Row[]> =>
    kernel(tessera.strapi).database.query(text, [...parameters]);
  /** What the ledger says is on a card. */
  async function accounts(cardId: string): Promise<Record<string, number>> {
    const rows = await query<{ account: string; balance: number }>(
      `SELECT account, balance FROM tessera.account WHERE owner_type = 'card' AND owner_id = $1`,
      [cardId],
    );
    return Object.fromEntries(rows.map(({ account, balance }) => [account, balance]));
  }
  async function sell(memberId: string, lines: object[], tenders: object[], more: object = {}) {
    const body = { ...place, memberId, lines, tenders, ...more };
    return (await post('/checkout/transactions', body).expect(201)).body;
  }
  /** Sells a plan to a new member, on a new card. */
  async function sellPlan(plan: Record<string, unknown>) {
    const { id: memberId, memberNo } = await tessera.makeMember();
    const { sku, id: planId } = await tessera.makeCardPlan(plan);
    const amount = (plan['unitPrice'] as number | undefined) ?? 10_000;
    const sale = await sell(memberId, [{ sku, quantity: 1 }], [{ method: 'card', amount }]);
    return { memberId, memberNo, sku, planId, sale, cardId: sale.cards[0].cardId as string };
  }
  async function cardsOf(memberId: string) {
    return (await tessera.as(token).get(`/api/cards/members/${memberId}`).expect(200)).body;
  }
  return { place, token, post, query, accounts, sell, sellPlan, cardsOf };
}

export type Desk = Awaited<ReturnType<typeof openDesk>>;
