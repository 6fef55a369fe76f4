import type { Core } from '@strapi/strapi';
import { access } from '@tessera/access/public';
import { kernel } from '@tessera/kernel/public';
import type { QuoteRequest, SaleRequest } from '../contracts';
import { quoteCart, type Act, type Desk } from './price-cart';
import { sell } from './sell';
import { viewCatalogue } from './view-catalogue';
import { viewTransaction } from './view-transaction';

export type CheckoutService = ReturnType<typeof createCheckoutService>;

export function checkoutService(strapi: Core.Strapi): CheckoutService {
  return strapi.plugin('checkout').service('checkout') as CheckoutService;
}

/** The use cases, bound to this server's database and access. */
export function createCheckoutService({ strapi }: { strapi: Core.Strapi }) {
  const desk: Desk = { access: access(strapi), database: kernel(strapi).database };
  return {
    name: 'checkout' as const,
    quote: (act: Act, cart: QuoteRequest) => quoteCart(desk, act, cart),
    sell: (act: Act, request: SaleRequest, key: string) => sell(desk, act, request, key),
    transaction: (act: Act, id: string) => viewTransaction(desk, act, id),
    catalogue: (act: Act, storeId: string) => viewCatalogue(desk, act, storeId),
  };
}
