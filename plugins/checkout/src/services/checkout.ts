import type { Core } from '@strapi/strapi';
import { access } from '@tessera/access/public';
import { cards } from '@tessera/cards/public';
import { kernel } from '@tessera/kernel/public';
import { ledger } from '@tessera/ledger/public';
import { members } from '@tessera/members/public';
import { points } from '@tessera/points/public';
import type { z } from 'zod';
import type {
  CashMovementRequest,
  CloseShiftRequest,
  ExchangeQuoteRequest,
  ExchangeRequest,
  HandoverRequest,
  holdRequestSchema,
  OpenShiftRequest,
  QuoteRequest,
  RefundRequest,
  SaleRequest,
  VoidRequest,
} from '../contracts';
import { readDenominations } from './denominations';
import { exchangeSale, quoteExchange, type ExchangeDesk } from './exchange';
import { holdCart, listHeldCarts, takeHeldCart } from './hold-cart';
import { quoteCart, type Act } from './price-cart';
import { refundSale, viewRefunds, voidSale } from './refund';
import { printReceipt, type ReceiptRequest } from './print-receipt';
import { sell } from './sell';
import type { CashDesk } from './shifts/cash-desk';
import { moveCash, takeShiftOver } from './shifts/change-shift';
import { closeShift } from './shifts/close-shift';
import { openShift } from './shifts/open-shift';
import { printShiftReport, viewShiftReport, viewTillShift } from './shifts/view-shift';
import { viewCatalogue } from './view-catalogue';
import { viewTransaction } from './view-transaction';

export type CheckoutService = ReturnType<typeof createCheckoutService>;

export function checkoutService(strapi: Core.Strapi): CheckoutService {
  return strapi.plugin('checkout').service('checkout') as CheckoutService;
}

/** What the till does about its drawer. */
function createShiftService(strapi: Core.Strapi, desk: ExchangeDesk) {
  const denominations = readDenominations(strapi.config.get('plugin::checkout.denominationsFile') as string);
  const cashDesk: CashDesk = {
    ...desk,
    ledger: ledger(strapi),
    denominationsOf: (currency) => denominations.get(currency) ?? [],
  };
  return {
    open: (act: Act, request: OpenShiftRequest, key: string) => openShift(cashDesk, act, request, key),
    moveCash: (act: Act, id: string, request: CashMovementRequest, key: string) =>
      moveCash(cashDesk, act, id, request, key),
    takeOver: (act: Act, id: string, request: HandoverRequest, key: string) =>
      takeShiftOver(cashDesk, act, id, request, key),
    close: (act: Act, id: string, request: CloseShiftRequest, key: string) =>
      closeShift(cashDesk, act, id, request, key),
    atTill: (act: Act, tillId: string) => viewTillShift(cashDesk, act, tillId),
    report: (act: Act, id: string) => viewShiftReport(cashDesk, act, id),
    printReport: (act: Act, request: ReceiptRequest) => printShiftReport(cashDesk, act, request),
  };
}

/** The use cases, bound to this server's database and access. */
export function createCheckoutService({ strapi }: { strapi: Core.Strapi }) {
  const desk: ExchangeDesk = {
    access: access(strapi),
    database: kernel(strapi).database,
    points: points(strapi),
    members: members(strapi),
    cardPolicies: cards(strapi).policies,
    checkPaymentPin: (memberId, pin, now) => cards(strapi).checkPaymentPin(memberId, pin, now),
  };
  return {
    name: 'checkout' as const,
    quote: (act: Act, cart: QuoteRequest) => quoteCart(desk, act, cart),
    sell: (act: Act, request: SaleRequest, key: string) => sell(desk, act, request, key),
    refund: (act: Act, id: string, request: RefundRequest, key: string) => refundSale(desk, act, id, request, key),
    void: (act: Act, id: string, request: VoidRequest, key: string) => voidSale(desk, act, id, request, key),
    exchange: (act: Act, id: string, request: ExchangeRequest, key: string) =>
      exchangeSale(desk, act, id, request, key),
    quoteExchange: (act: Act, id: string, request: ExchangeQuoteRequest) => quoteExchange(desk, act, id, request),
    refunds: (act: Act, id: string) => viewRefunds(desk, act, id),
    transaction: (act: Act, id: string) => viewTransaction(desk, act, id),
    receipt: (act: Act, request: ReceiptRequest) => printReceipt(desk, act, request),
    hold: (act: Act, request: z.output<typeof holdRequestSchema>) => holdCart(desk, act, request),
    heldCarts: (act: Act, storeId: string) => listHeldCarts(desk, act, storeId),
    resume: (act: Act, id: string) => takeHeldCart(desk, act, { id, outcome: 'resumed' }),
    discard: (act: Act, id: string) => takeHeldCart(desk, act, { id, outcome: 'discarded' }),
    shifts: createShiftService(strapi, desk),
    catalogue: (act: Act, storeId: string) => viewCatalogue(desk, act, storeId),
  };
}
