import type { Core } from '@strapi/strapi';
import type { StaffCall, StaffRoute } from '@tessera/access/public';
import { uuidSchema } from '@tessera/kernel/contracts';
import { bookedReply, keyOf, parse } from '@tessera/kernel/public';
import {
  quoteRequestSchema,
  receiptQuerySchema,
  refundRequestSchema,
  saleRequestSchema,
  voidRequestSchema,
} from '../contracts';
import { checkoutService, type CheckoutService } from '../services/checkout';
import type { BookingReply } from '../services/replay';
import { heldCartRoutes } from './held-cart-routes';
import { PAGE_HEADERS } from './page-headers';
import { shiftRoutes } from './shift-routes';
import { queryOf, storeQuerySchema } from './store-query';

function created({ transaction, isReplay }: BookingReply) {
  return bookedReply(transaction, isReplay);
}

async function catalogue(checkout: CheckoutService, call: StaffCall) {
  const { storeId } = parse(storeQuerySchema, queryOf(call));
  const body = await checkout.catalogue(call, storeId);
  const headers = { etag: `"${body.version}"`, 'cache-control': 'private, no-cache' };
  if (call.header('if-none-match') === headers.etag) return { status: 304, headers };
  return { status: 200, body, headers };
}

async function sale(checkout: CheckoutService, call: StaffCall) {
  const key = keyOf(call);
  return created(await checkout.sell(call, parse(saleRequestSchema, call.body), key));
}

async function refund(checkout: CheckoutService, call: StaffCall) {
  const key = keyOf(call);
  const id = parse(uuidSchema, call.params['id']);
  return created(await checkout.refund(call, id, parse(refundRequestSchema, call.body), key));
}

async function voidSale(checkout: CheckoutService, call: StaffCall) {
  const key = keyOf(call);
  const id = parse(uuidSchema, call.params['id']);
  return created(await checkout.void(call, id, parse(voidRequestSchema, call.body), key));
}

async function receipt(checkout: CheckoutService, call: StaffCall) {
  const id = parse(uuidSchema, call.params['id']);
  const body = await checkout.receipt(call, { id, ...parse(receiptQuerySchema, queryOf(call)) });
  return { status: 200, body, headers: PAGE_HEADERS };
}

/** `/api/checkout/…` */
export function checkoutRoutes(strapi: Core.Strapi): StaffRoute[] {
  const checkout = () => checkoutService(strapi);
  return [
    {
      method: 'GET',
      path: '/catalogue',
      permission: 'checkout.sell',
      handler: (call) => catalogue(checkout(), call),
    },
    {
      method: 'POST',
      path: '/quotes',
      permission: 'checkout.sell',
      gate: 'folded',
      handler: async (call) => ({
        status: 200,
        body: await checkout().quote(call, parse(quoteRequestSchema, call.body)),
      }),
    },
    {
      method: 'POST',
      path: '/transactions',
      permission: 'checkout.sell',
      gate: 'folded',
      handler: (call) => sale(checkout(), call),
    },
    {
      method: 'GET',
      path: '/transactions/:id',
      permission: 'transactions.view',
      handler: async (call) => ({
        status: 200,
        body: await checkout().transaction(call, parse(uuidSchema, call.params['id'])),
      }),
    },
    {
      method: 'GET',
      path: '/transactions/:id/refunds',
      permission: 'transactions.view',
      handler: async (call) => ({
        status: 200,
        body: await checkout().refunds(call, parse(uuidSchema, call.params['id'])),
      }),
    },
    {
      method: 'POST',
      path: '/transactions/:id/refunds',
      permission: 'checkout.refund',
      handler: (call) => refund(checkout(), call),
    },
    {
      method: 'POST',
      path: '/transactions/:id/void',
      permission: 'checkout.void',
      handler: (call) => voidSale(checkout(), call),
    },
    {
      method: 'GET',
      path: '/transactions/:id/receipt',
      permission: 'transactions.view',
      handler: (call) => receipt(checkout(), call),
    },
    ...heldCartRoutes(checkout),
    ...shiftRoutes(checkout),
  ];
}
