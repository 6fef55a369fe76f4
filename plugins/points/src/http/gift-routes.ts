import type { Core } from '@strapi/strapi';
import type { StaffRoute } from '@tessera/access/public';
import { documentIdSchema, uuidSchema } from '@tessera/kernel/contracts';
import { bookedReply, keyOf, parse } from '@tessera/kernel/public';
import {
  giftOffersQuerySchema,
  giftReturnRequestSchema,
  handoutRequestSchema,
  stockMoveRequestSchema,
} from '../contracts';
import { pointsService } from '../services/points';

/** Gifts under `/api/points/…` */
export function giftRoutes(strapi: Core.Strapi): StaffRoute[] {
  const points = () => pointsService(strapi);
  return [
    {
      method: 'GET',
      path: '/members/:id/gifts',
      permission: 'gifts.give',
      handler: async (call) => {
        const memberId = parse(documentIdSchema, call.params['id']);
        const { storeId } = parse(giftOffersQuerySchema, Object.fromEntries(call.query));
        return { status: 200, body: await points().offerGifts(call, { memberId, storeId }) };
      },
    },
    {
      method: 'POST',
      path: '/gift-handouts',
      permission: 'gifts.give',
      handler: async (call) => {
        const key = keyOf(call);
        const { body, isReplay } = await points().giveGift(call, parse(handoutRequestSchema, call.body), key);
        return bookedReply(body, isReplay);
      },
    },
    {
      method: 'POST',
      path: '/gift-handouts/:id/returns',
      permission: 'gifts.take-back',
      handler: async (call) => {
        const [key, handoutId] = [keyOf(call), parse(uuidSchema, call.params['id'])];
        const request = parse(giftReturnRequestSchema, call.body);
        const { body, isReplay } = await points().returnGift(call, { handoutId, request, key });
        return bookedReply(body, isReplay);
      },
    },
    {
      method: 'POST',
      path: '/gifts/:id/stock-moves',
      permission: 'gift-stock.move',
      handler: async (call) => {
        const [key, giftId] = [keyOf(call), parse(documentIdSchema, call.params['id'])];
        const request = parse(stockMoveRequestSchema, call.body);
        const { body, isReplay } = await points().moveGiftStock(call, { giftId, request, key });
        return bookedReply(body, isReplay);
      },
    },
  ];
}
