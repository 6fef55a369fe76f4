import type { Core } from '@strapi/strapi';

/** What other plugins may use of checkout: see `tessera.book_transactions(jsonb)` in its migrations for bulk booking. */
export interface Checkout {
  readonly name: 'checkout';
}

export function checkout(strapi: Core.Strapi): Checkout {
  return strapi.plugin('checkout').service('checkout') as Checkout;
}
