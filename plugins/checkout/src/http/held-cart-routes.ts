import type { StaffRoute } from '@tessera/access/public';
import { uuidSchema } from '@tessera/kernel/contracts';
import { parse } from '@tessera/kernel/public';
import { holdRequestSchema } from '../contracts';
import type { CheckoutService } from '../services/checkout';
import { queryOf, storeQuerySchema } from './store-query';

/** `/api/checkout/held-carts…` */
export function heldCartRoutes(checkout: () => CheckoutService): StaffRoute[] {
  const permission = 'checkout.hold';
  return [
    {
      method: 'POST',
      path: '/held-carts',
      permission,
      handler: async (call) => ({
        status: 201,
        body: await checkout().hold(call, parse(holdRequestSchema, call.body)),
      }),
    },
    {
      method: 'GET',
      path: '/held-carts',
      permission,
      handler: async (call) => {
        const { storeId } = parse(storeQuerySchema, queryOf(call));
        return { status: 200, body: await checkout().heldCarts(call, storeId) };
      },
    },
    {
      method: 'POST',
      path: '/held-carts/:id/resume',
      permission,
      handler: async (call) => ({
        status: 200,
        body: await checkout().resume(call, parse(uuidSchema, call.params['id'])),
      }),
    },
    {
      method: 'DELETE',
      path: '/held-carts/:id',
      permission,
      handler: async (call) => {
        await checkout().discard(call, parse(uuidSchema, call.params['id']));
        return { status: 204 };
      },
    },
  ];
}
