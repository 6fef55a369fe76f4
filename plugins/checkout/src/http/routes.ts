import type { Core } from '@strapi/strapi';
import type { StaffRoute } from '@tessera/access/public';
import { documentIdSchema, uuidSchema } from '@tessera/kernel/contracts';
import { defineError } from '@tessera/kernel/domain';
import { parse } from '@tessera/kernel/public';
import { z } from 'zod';
import { quoteRequestSchema, saleRequestSchema } from '../contracts';
import { checkoutService } from '../services/checkout';

const keyRequired = defineError(
  'idempotency_key_required',
  400,
  'Send an Idempotency-Key header with a UUID that the client made for this sale',
);

const storeQuerySchema = z.strictObject({ storeId: documentIdSchema });

function keyOf(header: string | undefined): string {
  const key = uuidSchema.safeParse(header);
  if (!key.success) throw keyRequired(undefined);
  return key.data.toLowerCase();
}

const REPLAYED = { 'idempotent-replayed': 'true' };

/** `/api/checkout/…` */
export function checkoutRoutes(strapi: Core.Strapi): StaffRoute[] {
  const checkout = () => checkoutService(strapi);
  return [
    {
      method: 'GET',
      path: '/catalogue',
      permission: 'checkout.sell',
      handler: async (call) => {
        const { storeId } = parse(storeQuerySchema, Object.fromEntries(call.query));
        const catalogue = await checkout().catalogue(call, storeId);
        const headers = { etag: `"${catalogue.version}"`, 'cache-control': 'private, no-cache' };
        if (call.header('if-none-match') === headers.etag) return { status: 304, headers };
        return { status: 200, body: catalogue, headers };
      },
    },
    {
      method: 'POST',
      path: '/quotes',
      permission: 'checkout.sell',
      handler: async (call) => ({
        status: 200,
        body: await checkout().quote(call, parse(quoteRequestSchema, call.body)),
      }),
    },
    {
      method: 'POST',
      path: '/transactions',
      permission: 'checkout.sell',
      handler: async (call) => {
        const key = keyOf(call.header('idempotency-key'));
        const { transaction, isReplay } = await checkout().sell(call, parse(saleRequestSchema, call.body), key);
        return { status: 201, body: transaction, ...(isReplay ? { headers: REPLAYED } : {}) };
      },
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
  ];
}
