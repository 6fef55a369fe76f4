import type { Core } from '@strapi/strapi';
import { access } from '@tessera/access/public';
import { kernel } from '@tessera/kernel/public';
import { members } from '@tessera/members/public';
import type { AdjustmentRequest, GiftReturnRequest, HandoutRequest, StockMoveRequest } from '../contracts';
import type { Points } from '../public';
import { adjustPoints } from './adjust-points';
import { expireLots } from './expire-lots';
import { giftOfPoints } from './gift-points';
import type { GiftDesk } from './gifts/gift-desk';
import { giveGift } from './gifts/give-gift';
import { moveGiftStock, stockGift } from './gifts/move-stock';
import { offerGifts } from './gifts/offer-gifts';
import { returnGift } from './gifts/return-gift';
import { viewMemberPoints, type Act } from './member-points';
import { createRuleBooks } from './rule-book';

export type PointsService = ReturnType<typeof createPointsService>;

export function pointsService(strapi: Core.Strapi): PointsService {
  return strapi.plugin('points').service('points') as PointsService;
}

/** The use cases, bound to this server's database and access. */
export function createPointsService({ strapi }: { strapi: Core.Strapi }) {
  const { database } = kernel(strapi);
  const ruleBook = createRuleBooks(database);
  const shared: Points = {
    ruleBook,
    giftOf: (gift) => giftOfPoints({ database, ruleBook }, gift),
    expireLots: (now, options) => expireLots(database, now, options),
    stockGift: (delivery) => stockGift(database, delivery),
  };
  const desk = { access: access(strapi), database, ...shared };
  const gifts: GiftDesk = { ...desk, tierBook: (version) => members(strapi).tierBook(version) };
  return {
    ...shared,
    memberPoints: (act: Act, memberId: string) => viewMemberPoints(desk, act, memberId),
    adjust: (act: Act, ask: { memberId: string; request: AdjustmentRequest; key: string }) =>
      adjustPoints(desk, act, ask),
    offerGifts: (act: Act, ask: { memberId: string; storeId: string }) => offerGifts(gifts, act, ask),
    giveGift: (act: Act, request: HandoutRequest, key: string) => giveGift(gifts, act, request, key),
    returnGift: (act: Act, ask: { handoutId: string; request: GiftReturnRequest; key: string }) =>
      returnGift(gifts, act, ask),
    moveGiftStock: (act: Act, ask: { giftId: string; request: StockMoveRequest; key: string }) =>
      moveGiftStock(gifts, act, ask),
  } satisfies Points & Record<string, unknown>;
}
