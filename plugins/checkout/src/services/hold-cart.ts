import { notFound } from '@tessera/kernel/domain';
import type { z } from 'zod';
import type { HeldCart, holdRequestSchema } from '../contracts';
import { heldCartGone, quote } from '../domain';
import { endHeldCart, insertHeldCart, readHeldCarts, readStoreOfHeldCart } from '../store/held-cart-store';
import { loadCart, recordsOf, type Act, type Desk } from './price-cart';

async function demandHold({ access }: Desk, { staff, now }: Act, storeId: string): Promise<void> {
  await access.demand(staff, { permission: 'checkout.hold', now, records: recordsOf(staff, storeId) });
}

/** `POST /api/checkout/held-carts`: parks a cart that could be priced now. @throws the refusals of `quote` (422) */
export async function holdCart(desk: Desk, act: Act, request: z.output<typeof holdRequestSchema>): Promise<HeldCart> {
  const { cart, note = null } = request;
  await demandHold(desk, act, cart.storeId);
  const { facts } = await loadCart(desk, act, cart);
  const { totals } = quote(cart, facts, act.now);
  return insertHeldCart(desk.database, {
    storeId: cart.storeId,
    tillId: cart.tillId,
    staffId: act.staff.id,
    staffName: act.staff.name,
    note: note || null,
    cart,
    payable: totals.payable,
    heldAt: act.now,
  });
}

/** `GET /api/checkout/held-carts?storeId=` */
export async function listHeldCarts(desk: Desk, act: Act, storeId: string): Promise<HeldCart[]> {
  await demandHold(desk, act, storeId);
  return readHeldCarts(desk.database, storeId);
}

/**
 * `POST …/{id}/resume` and `DELETE …/{id}`: whoever comes first has it.
 * @throws not_found (404), held_cart_gone (409) when it was resumed, sold or thrown away before
 */
export async function takeHeldCart(
  desk: Desk,
  act: Act,
  { id, outcome }: { id: string; outcome: 'resumed' | 'discarded' },
): Promise<HeldCart> {
  const storeId = await readStoreOfHeldCart(desk.database, id);
  if (!storeId) throw notFound({ what: 'held cart', id });
  await demandHold(desk, act, storeId);
  const taken = await endHeldCart(desk.database, { id, outcome, staffId: act.staff.id, now: act.now });
  if (!taken) throw heldCartGone(undefined);
  return taken;
}
