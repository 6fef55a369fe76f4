import { randomUUID } from 'node:crypto';
import type { Place, ValidRequest } from './valid-requests';

const withKey = (request: ValidRequest): ValidRequest => ({
  ...request,
  headers: { 'idempotency-key': randomUUID() },
});

/** Points and gifts. */
export const pointsExamples: Record<string, (place: Place) => ValidRequest> = {
  'GET /points/members/:id': ({ memberId }) => ({ path: `/points/members/${memberId}` }),
  'POST /points/members/:id/adjustments': ({ memberId }) =>
    withKey({
      path: `/points/members/${memberId}/adjustments`,
      body: { amount: 10, reason: 'missed at the till' },
    }),
  'GET /points/members/:id/gifts': ({ memberId, storeId }) => ({
    path: `/points/members/${memberId}/gifts?storeId=${storeId}`,
  }),
  // for another price than it has: whoever may hand out gets that far, and the points stay for the others
  'POST /points/gift-handouts': ({ giftId, memberId, storeId }) =>
    withKey({ path: '/points/gift-handouts', body: { giftId, memberId, storeId, points: 1 } }),
  // at a till of nowhere: whoever may take back gets that far, and the gift stays out for the others
  'POST /points/gift-handouts/:id/returns': ({ handoutId }) =>
    withKey({
      path: `/points/gift-handouts/${handoutId}/returns`,
      body: { reason: 'handed out twice', tillId: 'a'.repeat(24) },
    }),
  'POST /points/gifts/:id/stock-moves': ({ giftId, storeId }) =>
    withKey({ path: `/points/gifts/${giftId}/stock-moves`, body: { storeId, kind: 'received', quantity: 1 } }),
};
