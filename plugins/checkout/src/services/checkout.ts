import type { Core } from '@strapi/strapi';
import { access } from '@tessera/access/public';
import { kernel } from '@tessera/kernel/public';
import type { z } from 'zod';
import type { holdRequestSchema, QuoteRequest, RefundRequest, SaleRequest } from '../contracts';
import { holdCart, listHeldCarts, takeHeldCart } from './hold-cart';
import { quoteCart, type Act, type Desk } from './price-cart';
import { refundSale, viewRefunds } from './refund';
import { printReceipt, type ReceiptRequest } from './print-receipt';
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
    refund: (act: Act, id: string, request: RefundRequest, key: string) => refundSale(desk, act, id, request, key),
    refunds: (act: Act, id: string) => viewRefunds(desk, act, id),
    transaction: (act: Act, id: string) => viewTransaction(desk, act, id),
    receipt: (act: Act, request: ReceiptRequest) => printReceipt(desk, act, request),
    hold: (act: Act, request: z.output<typeof holdRequestSchema>) => holdCart(desk, act, request),
    heldCarts: (act: Act, storeId: string) => listHeldCarts(desk, act, storeId),
    resume: (act: Act, id: string) => takeHeldCart(desk, act, { id, outcome: 'resumed' }),
    discard: (act: Act, id: string) => takeHeldCart(desk, act, { id, outcome: 'discarded' }),
    catalogue: (act: Act, storeId: string) => viewCatalogue(desk, act, storeId),
  };
}
