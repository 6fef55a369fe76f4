import { saleRequestSchema, manualDiscountSchema } from '@tessera/checkout/contracts';
import { z } from 'zod';
import type { Cart, Draft, FrozenSale, Place } from './till-state';

/** The part of `localStorage` that is used: durable, and written before the request leaves. */
export type Shelf = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

/** Followed by the store: which of its tills this device is. */
const TILL = 'tessera.till.of.';
/** Followed by the till. */
const DRAFT = 'tessera.till.draft.';
/** One entry per unanswered sale, so that two windows of one till never overwrite each other's. */
const SALE = 'tessera.till.sale.';

const placeSchema = z.object({ storeId: z.string(), tillId: z.string() });
const cartSchema = z.object({
  lines: z.array(
    z.object({
      key: z.int(),
      sku: z.string(),
      quantity: z.int().min(1),
      unitPrice: z.int().optional(),
      priceReason: z.string().optional(),
      staffIds: z.array(z.string()),
    }),
  ),
  member: z.object({ id: z.string(), memberNo: z.string().optional(), name: z.string().optional() }).nullable(),
  discount: manualDiscountSchema.nullable(),
  points: z.int().min(0).default(0),
  sessions: z.array(z.object({ cardId: z.string(), sku: z.string(), quantity: z.int().min(1) })).default([]),
  newCard: z.boolean().default(false),
  coupons: z.array(z.string()).default([]),
  heldCartId: z.string().nullable(),
  exchange: z
    .object({
      saleId: z.string(),
      number: z.string(),
      lines: z.array(z.object({ lineId: z.string(), quantity: z.int().min(1) })),
      reason: z.string(),
      worth: z.int(),
    })
    .nullable()
    .default(null),
});
const frozenSchema = z.object({
  key: z.uuid(),
  request: saleRequestSchema,
  cart: cartSchema,
  staffId: z.string(),
  staffName: z.string(),
  startedAt: z.string(),
});
const draftSchema = z.object({
  place: placeSchema,
  cart: cartSchema,
  saleKey: z.uuid().nullable(),
  doubtful: frozenSchema.nullable(),
});

/** Phone, birthday and note stay in memory: only who the member is outlives a reload. */
function withoutPersonal(cart: Cart): Cart {
  if (!cart.member) return cart;
  const { id, memberNo, name } = cart.member;
  return { ...cart, member: { id, ...(memberNo ? { memberNo } : {}), ...(name ? { name } : {}) } };
}

function read<Value>(shelf: Shelf, name: string, schema: z.ZodType<Value>): Value | null {
  try {
    const text = shelf.getItem(name);
    if (text === null) return null;
    const parsed = schema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    // Unreadable or written by something else: as if it were not there.
    return null;
  }
}

/** True when it is really kept; a full or forbidden storage says false instead of stopping the sale. */
function write(shelf: Shelf, name: string, value: unknown): boolean {
  try {
    shelf.setItem(name, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}

function drop(shelf: Shelf, name: string): void {
  try {
    shelf.removeItem(name);
  } catch {
    // Nothing was kept there.
  }
}

export function rememberTill(shelf: Shelf, place: Place): boolean {
  return write(shelf, TILL + place.storeId, place);
}

/** The till this device was chosen to be in that store. */
export function rememberedTill(shelf: Shelf, storeId: string): string | null {
  return read(shelf, TILL + storeId, placeSchema)?.tillId ?? null;
}

/** Keeps the cart being put together; an empty one is forgotten. */
export function keepDraft(shelf: Shelf, draft: Draft): boolean {
  const { place, cart, saleKey, doubtful } = draft;
  if (cart.lines.length === 0 && !cart.member && !cart.exchange) {
    drop(shelf, DRAFT + place.tillId);
    return true;
  }
  const kept = doubtful && { ...doubtful, cart: withoutPersonal(doubtful.cart) };
  return write(shelf, DRAFT + place.tillId, { place, cart: withoutPersonal(cart), saleKey, doubtful: kept });
}

/** The cart this till was putting together before a reload, or null. */
export function keptDraft(shelf: Shelf, place: Place): Draft | null {
  const draft = read(shelf, DRAFT + place.tillId, draftSchema);
  return draft?.place.storeId === place.storeId ? draft : null;
}

/** Before the request leaves. Never holds a token. */
export function keepSale(shelf: Shelf, frozen: FrozenSale): boolean {
  return write(shelf, SALE + frozen.key, { ...frozen, cart: withoutPersonal(frozen.cart) });
}

/** After the server's answer, and never before. */
export function forgetSale(shelf: Shelf, key: string): void {
  drop(shelf, SALE + key);
}

/** Sales of this till that the server has not answered, oldest first. */
export function unansweredSales(shelf: Shelf, place: Place): FrozenSale[] {
  const names: string[] = [];
  try {
    for (let index = 0; index < shelf.length; index += 1) names.push(shelf.key(index) ?? '');
  } catch {
    return [];
  }
  return names
    .filter((name) => name.startsWith(SALE))
    .map((name) => read(shelf, name, frozenSchema))
    .filter((sale): sale is FrozenSale => sale !== null)
    .filter(({ request }) => request.storeId === place.storeId && request.tillId === place.tillId)
    .sort((a, b) => a.startedAt.localeCompare(b.startedAt));
}
