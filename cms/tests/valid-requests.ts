import { randomUUID } from 'node:crypto';
import { makePng, type Tessera } from '../../config/presets/testing';
import type { Route } from './hostile-requests';
import { pointsExamples } from './valid-points-requests';
import { RESOURCES } from './valid-resources';

/** Ids of one store and of what is in it. */
export type Place = Record<
  | 'storeId'
  | 'tillId'
  | 'memberId'
  | 'productId'
  | 'serviceId'
  | 'sku'
  | 'staffId'
  | 'staffDocumentId'
  | 'transactionId'
  | 'shiftId'
  | 'runId'
  | 'categoryId'
  | 'taxClassId'
  | 'programmeId'
  | 'ruleId'
  | 'tierId'
  | 'tierPriceId'
  | 'templateId'
  | 'couponId'
  | 'issueId'
  | 'cardPlanId'
  | 'cardId'
  | 'giftId'
  | 'handoutId'
  | 'giftStockId'
  | 'giftStockMoveId'
  | 'assignmentId'
  | 'roleId',
  string
>;

export interface StaffRoute extends Route {
  permission: string;
}

/** A request that its contract accepts and that names the place; `path` is below `/api`. */
export interface ValidRequest {
  path: string;
  headers?: Record<string, string>;
  body?: object;
  /** In place of `body`: a file. */
  content?: Buffer;
}

/** Every staff route of every plugin. */
export function routesOf(tessera: Tessera): StaffRoute[] {
  const service = tessera.strapi.plugin('access').service('access') as { allRoutes(): StaffRoute[] };
  return service.allRoutes();
}

/** A version nobody has: whoever may change it is told so (409), and nothing changes. */
const STALE = { 'if-match': '999' };

const cart = ({ storeId, tillId, memberId, sku }: Place) => ({
  storeId,
  tillId,
  memberId,
  lines: [{ sku, quantity: 1 }],
});
/** More pieces than were sold: whoever may exchange gets that far, and the sale stays for the others. */
const exchanged = ({ transactionId }: Place) => ({
  lines: [{ lineId: `${transactionId}-1`, quantity: 9_999 }],
  reason: 'another size',
});

/** Whoever may close the shift is told so (422), and the shift stays as it is. */
const NO_SUCH_COIN = [{ value: 7, form: 'coin', count: 1 }];

const MEMBER_CHOICE = { mapping: ['name'], whenKnown: 'skip', homeStoreId: null };

type Example = (place: Place) => ValidRequest;

const RESOURCE_EXAMPLES: Record<string, Example> = Object.fromEntries(
  Object.entries(RESOURCES).flatMap(([resource, { id, make, change }]): [string, Example][] => [
    [`GET /backoffice/${resource}`, () => ({ path: `/backoffice/${resource}` })],
    [`GET /backoffice/${resource}/:id`, (place) => ({ path: `/backoffice/${resource}/${id(place)}` })],
    [`POST /backoffice/${resource}`, (place) => ({ path: `/backoffice/${resource}`, body: make?.(place) })],
    [
      `PATCH /backoffice/${resource}/:id`,
      (place) => ({ path: `/backoffice/${resource}/${id(place)}`, headers: STALE, body: change }),
    ],
    [
      `DELETE /backoffice/${resource}/:id`,
      (place) => ({ path: `/backoffice/${resource}/${id(place)}`, headers: STALE }),
    ],
  ]),
);

const imagePath = (resource: string, place: Place) =>
  `/backoffice/${resource}/${RESOURCES[resource]?.id(place)}/files/image`;
const IMAGE_EXAMPLES: Record<string, Example> = Object.fromEntries(
  ['products', 'services', 'gifts'].flatMap((resource): [string, Example][] => [
    [
      `PUT /backoffice/${resource}/:id/files/:field`,
      (place) => ({
        path: imagePath(resource, place),
        headers: { ...STALE, 'content-type': 'image/png' },
        content: makePng(2, 2),
      }),
    ],
    [
      `DELETE /backoffice/${resource}/:id/files/:field`,
      (place) => ({ path: imagePath(resource, place), headers: STALE }),
    ],
  ]),
);

/** One example for each route: a route that is not here fails the walk through all routes. */
const EXAMPLES: Record<string, Example> = {
  ...RESOURCE_EXAMPLES,
  ...IMAGE_EXAMPLES,
  'GET /access/me': () => ({ path: '/access/me' }),
  'GET /access/permissions': () => ({ path: '/access/permissions' }),
  'GET /access/roles': () => ({ path: '/access/roles' }),
  'GET /access/roles/assignable': ({ storeId }) => ({ path: `/access/roles/assignable?storeId=${storeId}` }),
  'GET /access/accounts': () => ({ path: '/access/accounts' }),
  'GET /access/assignments': () => ({ path: '/access/assignments' }),
  'POST /access/assignments': ({ storeId, staffId, roleId }) => ({
    path: '/access/assignments',
    body: { storeId, staffId, roleId },
  }),
  'DELETE /access/assignments/:id': ({ assignmentId }) => ({ path: `/access/assignments/${assignmentId}` }),
  'GET /backoffice/schema': () => ({ path: '/backoffice/schema' }),
  'GET /backoffice/jobs': () => ({ path: '/backoffice/jobs' }),
  'POST /backoffice/jobs/:code/runs': () => ({ path: '/backoffice/jobs/none/runs' }),
  'GET /members/lookup': () => ({ path: '/members/lookup?q=123' }),
  'POST /members/:id/reveals': ({ memberId }) => ({
    path: `/members/${memberId}/reveals`,
    body: { fields: ['birthday'], reason: 'birthday card' },
  }),
  'GET /members/:id/tier': ({ memberId }) => ({ path: `/members/${memberId}/tier` }),
  'POST /members/:id/tier': ({ memberId }) => ({
    path: `/members/${memberId}/tier`,
    body: { tier: 'no-such-tier', reason: 'an old friend' },
  }),
  'GET /members/birthdays': ({ storeId }) => ({ path: `/members/birthdays?days=7&storeId=${storeId}` }),
  'GET /members/:id/consents': ({ memberId }) => ({ path: `/members/${memberId}/consents` }),
  'POST /members/:id/consents': ({ memberId }) => ({
    path: `/members/${memberId}/consents`,
    body: { channel: 'sms', isGiven: true, means: 'paper', version: '2026-01' },
  }),
  // Nobody, so that the member of the place stays.
  'POST /members/:id/anonymisation': () => ({
    path: `/members/${'a'.repeat(24)}/anonymisation`,
    body: { reason: 'asked to be forgotten' },
  }),
  'GET /members/:id/merges': ({ memberId }) => ({ path: `/members/${memberId}/merges` }),
  'GET /members/:id/merge-preview': ({ memberId }) => ({
    path: `/members/${memberId}/merge-preview?duplicateId=${memberId}`,
  }),
  'POST /members/:id/merges': ({ memberId }) => ({
    path: `/members/${memberId}/merges`,
    headers: { 'idempotency-key': randomUUID() },
    body: { duplicateId: memberId, reason: 'the same person' },
  }),
  'POST /members/:id/merges/:mergeId/undo': ({ memberId }) => ({
    path: `/members/${memberId}/merges/${randomUUID()}/undo`,
    body: { reason: 'two after all' },
  }),
  ...pointsExamples,
  'POST /campaigns/coupon-batches': ({ templateId }) => ({
    path: '/campaigns/coupon-batches',
    headers: { 'idempotency-key': randomUUID() },
    body: { templateId, count: 1, reason: 'leaflet' },
  }),
  'POST /campaigns/coupon-issues': ({ templateId, memberId }) => ({
    path: '/campaigns/coupon-issues',
    headers: { 'idempotency-key': randomUUID() },
    body: { templateId, memberIds: [memberId], reason: 'birthday' },
  }),
  'GET /campaigns/coupon-issues/:id/codes.csv': ({ issueId }) => ({
    path: `/campaigns/coupon-issues/${issueId}/codes.csv`,
  }),
  // Nobody's: whoever may void is told so (404), and nothing ends.
  'POST /campaigns/coupon-issues/:id/void': ({ runId }) => ({
    path: `/campaigns/coupon-issues/${runId}/void`,
    body: { reason: 'leaked' },
  }),
  'POST /campaigns/coupons/:id/void': () => ({
    path: '/campaigns/coupons/999999999/void',
    body: { reason: 'by mistake' },
  }),
  'PUT /campaigns/coupon-holds': ({ tillId }) => ({ path: '/campaigns/coupon-holds', body: { tillId, codes: [] } }),
  'POST /campaigns/coupon-claims': ({ memberId }) => ({
    path: '/campaigns/coupon-claims',
    body: { code: '000000000000', memberId },
  }),
  'GET /campaigns/members/:id/coupons': ({ memberId }) => ({ path: `/campaigns/members/${memberId}/coupons` }),
  'GET /cards/members/:id/numbers': ({ memberId }) => ({ path: `/cards/members/${memberId}/numbers` }),
  'POST /cards/members/:id/payment-pin': ({ memberId }) => ({
    path: `/cards/members/${memberId}/payment-pin`,
    headers: { 'idempotency-key': randomUUID() },
    body: { pin: '135790', reason: 'asked at the counter' },
  }),
  'GET /cards/members/:id': ({ memberId }) => ({ path: `/cards/members/${memberId}` }),
  ...Object.fromEntries(
    (['freeze', 'unfreeze', 'report-lost', 'replace', 'extend', 'transfer', 'share', 'unshare'] as const).map((act) => [
      `POST /cards/:id/${act}`,
      ({ cardId, memberId }: Place) => ({
        path: `/cards/${cardId}/${act}`,
        headers: { 'idempotency-key': randomUUID() },
        body: {
          reason: 'asked at the counter',
          // refused after the right was asked: the card stays for the others
          ...(act === 'extend' ? { lotId: '999999999', days: 1 } : {}),
          ...(act === 'transfer' || act === 'share' || act === 'unshare' ? { memberId } : {}),
        },
      }),
    ]),
  ),
  'GET /checkout/catalogue': ({ storeId }) => ({ path: `/checkout/catalogue?storeId=${storeId}` }),
  'POST /checkout/quotes': (place) => ({ path: '/checkout/quotes', body: cart(place) }),
  'POST /checkout/transactions': (place) => ({
    path: '/checkout/transactions',
    headers: { 'idempotency-key': randomUUID() },
    body: { ...cart(place), tenders: [{ method: 'card', amount: 1_000 }] },
  }),
  'GET /checkout/transactions/:id': ({ transactionId }) => ({ path: `/checkout/transactions/${transactionId}` }),
  'GET /checkout/transactions/:id/refunds': ({ transactionId }) => ({
    path: `/checkout/transactions/${transactionId}/refunds`,
  }),
  'POST /checkout/transactions/:id/refunds': ({ transactionId }) => ({
    path: `/checkout/transactions/${transactionId}/refunds`,
    headers: { 'idempotency-key': randomUUID() },
    body: { lines: [{ lineId: `${transactionId}-1`, quantity: 9_999 }], reason: 'broken' },
  }),
  // to a till of nowhere: whoever may void gets that far, and the sale stays for the others
  'POST /checkout/transactions/:id/void': ({ transactionId }) => ({
    path: `/checkout/transactions/${transactionId}/void`,
    headers: { 'idempotency-key': randomUUID() },
    body: { reason: 'rung up twice', tillId: 'a'.repeat(24) },
  }),
  'POST /checkout/transactions/:id/exchanges': (place) => ({
    path: `/checkout/transactions/${place.transactionId}/exchanges`,
    headers: { 'idempotency-key': randomUUID() },
    body: { ...exchanged(place), sale: { ...cart(place), tenders: [] } },
  }),
  'POST /checkout/transactions/:id/exchanges/quotes': (place) => ({
    path: `/checkout/transactions/${place.transactionId}/exchanges/quotes`,
    body: { ...exchanged(place), sale: cart(place) },
  }),
  'GET /checkout/transactions/:id/receipt': ({ transactionId }) => ({
    path: `/checkout/transactions/${transactionId}/receipt`,
  }),
  'POST /checkout/held-carts': (place) => ({ path: '/checkout/held-carts', body: { cart: cart(place) } }),
  'GET /checkout/held-carts': ({ storeId }) => ({ path: `/checkout/held-carts?storeId=${storeId}` }),
  'POST /checkout/held-carts/:id/resume': ({ runId }) => ({ path: `/checkout/held-carts/${runId}/resume` }),
  'DELETE /checkout/held-carts/:id': ({ runId }) => ({ path: `/checkout/held-carts/${runId}` }),
  'POST /checkout/shifts': ({ storeId, tillId }) => ({
    path: '/checkout/shifts',
    headers: { 'idempotency-key': randomUUID() },
    body: { storeId, tillId, float: [{ value: 10_000, form: 'note', count: 3 }] },
  }),
  'GET /checkout/shifts': ({ tillId }) => ({ path: `/checkout/shifts?tillId=${tillId}` }),
  'POST /checkout/shifts/:id/cash-movements': ({ shiftId }) => ({
    path: `/checkout/shifts/${shiftId}/cash-movements`,
    headers: { 'idempotency-key': randomUUID() },
    body: { kind: 'in', amount: 100, reason: 'change' },
  }),
  'POST /checkout/shifts/:id/handover': ({ shiftId }) => ({
    path: `/checkout/shifts/${shiftId}/handover`,
    headers: { 'idempotency-key': randomUUID() },
    body: { cash: NO_SUCH_COIN },
  }),
  'POST /checkout/shifts/:id/close': ({ shiftId }) => ({
    path: `/checkout/shifts/${shiftId}/close`,
    headers: { 'idempotency-key': randomUUID() },
    body: { cash: NO_SUCH_COIN, tenders: [{ method: 'card', amount: 1_000 }], reason: 'counted twice' },
  }),
  'GET /checkout/shifts/:id/report': ({ shiftId }) => ({ path: `/checkout/shifts/${shiftId}/report` }),
  'POST /backoffice/members/exports': () => ({
    path: '/backoffice/members/exports?q=none',
    body: { format: 'csv', language: 'en', reason: 'audit' },
  }),
  'GET /imports/profiles': () => ({ path: '/imports/profiles' }),
  'GET /imports/runs': () => ({ path: '/imports/runs' }),
  'GET /imports/runs/:id': ({ runId }) => ({ path: `/imports/runs/${runId}` }),
  'GET /imports/runs/:id/set-aside': ({ runId }) => ({ path: `/imports/runs/${runId}/set-aside` }),
  'GET /imports/runs/:id/set-aside.csv': ({ runId }) => ({ path: `/imports/runs/${runId}/set-aside.csv` }),
  'POST /imports/runs': () => ({ path: '/imports/runs?profile=none&fileName=none.csv' }),
  'POST /imports/runs/:id/cancel': ({ runId }) => ({ path: `/imports/runs/${runId}/cancel` }),
  'GET /imports/member-files': () => ({ path: '/imports/member-files' }),
  'POST /imports/member-files': () => ({ path: '/imports/member-files?fileName=none.csv' }),
  'GET /imports/member-files/:id': ({ runId }) => ({ path: `/imports/member-files/${runId}` }),
  'DELETE /imports/member-files/:id': ({ runId }) => ({ path: `/imports/member-files/${runId}` }),
  'GET /imports/member-files/:id/errors.csv': ({ runId }) => ({ path: `/imports/member-files/${runId}/errors.csv` }),
  'POST /imports/member-files/:id/preview': ({ runId }) => ({
    path: `/imports/member-files/${runId}/preview`,
    body: MEMBER_CHOICE,
  }),
  'POST /imports/member-files/:id/start': ({ runId }) => ({
    path: `/imports/member-files/${runId}/start`,
    body: MEMBER_CHOICE,
  }),
  'POST /imports/member-files/:id/cancel': ({ runId }) => ({ path: `/imports/member-files/${runId}/cancel` }),
  'POST /imports/member-files/:id/resume': ({ runId }) => ({ path: `/imports/member-files/${runId}/resume` }),
  'POST /imports/runs/:id/resume': ({ runId }) => ({ path: `/imports/runs/${runId}/resume` }),
};

export const keyOf = ({ method, plugin, path }: Route): string => `${method} /${plugin}${path}`;

export function validRequest(route: Route, place: Place): ValidRequest | undefined {
  return EXAMPLES[keyOf(route)]?.(place);
}
