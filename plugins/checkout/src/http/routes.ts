import type { Core } from '@strapi/strapi';
import type { StaffCall, StaffRoute } from '@tessera/access/public';
import { uuidSchema } from '@tessera/kernel/contracts';
import { bookedReply, keyOf, parse } from '@tessera/kernel/public';
import { quoteRequestSchema, receiptQuerySchema, saleRequestSchema } from '../contracts';
import { checkoutService, type CheckoutService } from '../services/checkout';
import { heldCartRoutes } from './held-cart-routes';
import { PAGE_HEADERS } from './page-headers';
import { withPaymentPin } from './payment-pin';
import { shiftRoutes } from './shift-routes';
import { queryOf, storeQuerySchema } from './store-query';
import { takeBackRoutes } from './take-back-routes';

async function catalogue(checkout: CheckoutService, call: StaffCall) {
  const { storeId } = parse(storeQuerySchema, queryOf(call));
  const body = await checkout.catalogue(call, storeId);
  const headers = { etag: `"${body.version}"`, 'cache-control': 'private, no-cache' };
  if (call.header('if-none-match') === headers.etag) return { status: 304, headers };
  return { status: 200, body, headers };
}

async function sale(checkout: CheckoutService, call: StaffCall) {
  const key = keyOf(call);
  const { transaction, isReplay } = await checkout.sell(withPaymentPin(call), parse(saleRequestSchema, call.body), key);
  return bookedReply(transaction, isReplay);
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
      path: '/transactions/:id/receipt',
      permission: 'transactions.view',
      handler: (call) => receipt(checkout(), call),
    },
    ...takeBackRoutes(checkout),
    ...heldCartRoutes(checkout),
    ...shiftRoutes(checkout),
  ];
}
