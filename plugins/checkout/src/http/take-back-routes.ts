import type { StaffCall, StaffRoute } from '@tessera/access/public';
import { uuidSchema } from '@tessera/kernel/contracts';
import { bookedReply, keyOf, parse } from '@tessera/kernel/public';
import {
  exchangeQuoteRequestSchema,
  exchangeRequestSchema,
  refundRequestSchema,
  voidRequestSchema,
} from '../contracts';
import type { CheckoutService } from '../services/checkout';
import type { BookingReply } from '../services/replay';
import { withPaymentPin } from './payment-pin';

function created({ transaction, isReplay }: BookingReply) {
  return bookedReply(transaction, isReplay);
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

async function exchange(checkout: CheckoutService, call: StaffCall) {
  const key = keyOf(call);
  const id = parse(uuidSchema, call.params['id']);
  const reply = await checkout.exchange(withPaymentPin(call), id, parse(exchangeRequestSchema, call.body), key);
  return bookedReply(reply.exchange, reply.isReplay);
}

async function exchangeQuote(checkout: CheckoutService, call: StaffCall) {
  const id = parse(uuidSchema, call.params['id']);
  return { status: 200, body: await checkout.quoteExchange(call, id, parse(exchangeQuoteRequestSchema, call.body)) };
}

/** What takes a sale back: `/api/checkout/transactions/{id}/…` */
export function takeBackRoutes(checkout: () => CheckoutService): StaffRoute[] {
  return [
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
      method: 'POST',
      path: '/transactions/:id/exchanges',
      permission: 'checkout.exchange',
      handler: (call) => exchange(checkout(), call),
    },
    {
      method: 'POST',
      path: '/transactions/:id/exchanges/quotes',
      permission: 'checkout.exchange',
      handler: (call) => exchangeQuote(checkout(), call),
    },
  ];
}
