import type { QuoteRequest, SaleRequest, Tender } from '@tessera/checkout/contracts';
import type { Cart, Place, TillLine } from './till-state';

function toRequestLine(line: TillLine): QuoteRequest['lines'][number] {
  return {
    sku: line.sku,
    quantity: line.quantity,
    ...(line.unitPrice === undefined ? {} : { unitPrice: line.unitPrice }),
    ...(line.priceReason === undefined ? {} : { priceReason: line.priceReason }),
    ...(line.staffIds.length === 0 ? {} : { staffIds: line.staffIds }),
  };
}

/** The cart as `POST /api/checkout/quotes` and a held cart want it. */
export function toQuoteRequest(place: Place, cart: Cart): QuoteRequest {
  return {
    storeId: place.storeId,
    tillId: place.tillId,
    memberId: cart.member?.id ?? null,
    // Of goods it says nothing.
    lines: cart.lines.map((line) => ({ ...toRequestLine(line), ...(cart.newCard ? { cardId: 'new' as const } : {}) })),
    ...(cart.points > 0 ? { redeem: { points: cart.points } } : {}),
    ...(cart.sessions.length > 0 ? { sessions: cart.sessions } : {}),
    ...(cart.coupons.length > 0 ? { coupons: cart.coupons } : {}),
    ...(cart.discount ? { manualDiscount: cart.discount } : {}),
  };
}

function deepFreeze<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(deepFreeze);
  }
  return value;
}

/** The sale exactly as the customer agreed to it: a copy that nothing can change any more. */
export function freezeSale(place: Place, cart: Cart, tenders: readonly Tender[], quoteHash: string): SaleRequest {
  return deepFreeze(
    structuredClone({
      ...toQuoteRequest(place, cart),
      tenders: [...tenders],
      quoteHash,
      ...(cart.heldCartId ? { heldCartId: cart.heldCartId } : {}),
    }),
  );
}

/** A held cart opened on this till: its lines get keys, its store and till are this device's. */
export function fromQuoteRequest(
  request: QuoteRequest,
  firstKey: number,
): Pick<Cart, 'lines' | 'discount' | 'points' | 'coupons' | 'sessions' | 'newCard'> {
  return {
    lines: request.lines.map((line, index) => ({
      key: firstKey + index,
      sku: line.sku,
      quantity: line.quantity,
      ...(line.unitPrice === undefined ? {} : { unitPrice: line.unitPrice }),
      ...(line.priceReason === undefined ? {} : { priceReason: line.priceReason }),
      staffIds: line.staffIds ?? [],
    })),
    discount: request.manualDiscount ?? null,
    points: request.redeem?.points ?? 0,
    sessions: request.sessions ?? [],
    newCard: request.lines.some(({ cardId }) => cardId === 'new'),
    coupons: request.coupons ?? [],
  };
}
