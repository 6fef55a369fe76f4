import { mask } from '@tessera/backoffice/domain';
import { notFound } from '@tessera/kernel/domain';
import type { z } from 'zod';
import type { HeldCart, holdRequestSchema } from '../contracts';
import { heldCartGone, quote } from '../domain';
import { endHeldCart, insertHeldCart, readHeldCarts, readStoreOfHeldCart } from '../store/held-cart-store';
import { loadCart, recordsOf, type Act, type Desk } from './price-cart';

async function demandHold({ access }: Desk, { staff, now }: Act, storeId: string): Promise<void> {
  await access.demand(staff, { permission: 'checkout.hold', now, records: recordsOf(staff, storeId) });
}

/** Member number and name as the till shows them to whoever looks a member up; hidden ones are absent. */
function showMember({ access }: Desk, { staff, now }: Act, { memberNo, memberName, ...held }: HeldCart): HeldCart {
  const { effect, read } = access.decide(staff, { permission: 'members.lookup', now });
  const show = (field: 'memberNo' | 'name', value: string | null = null) => {
    const visibility = effect === 'allow' ? read[field] : undefined;
    if (!visibility) return undefined;
    return visibility === 'clear' ? value : mask(field === 'name' ? 'name' : 'text', value);
  };
  const shown = { memberNo: show('memberNo', memberNo), memberName: show('name', memberName) };
  return { ...held, ...Object.fromEntries(Object.entries(shown).filter(([, value]) => value !== undefined)) };
}

/** `POST /api/checkout/held-carts`: parks a cart that could be priced now. @throws the refusals of `quote` (422) */
export async function holdCart(desk: Desk, act: Act, request: z.output<typeof holdRequestSchema>): Promise<HeldCart> {
  const { cart, note = null } = request;
  await demandHold(desk, act, cart.storeId);
  const { facts } = await loadCart(desk, act, cart);
  const { totals } = quote(cart, facts, act.now);
  const held = await insertHeldCart(desk.database, {
    storeId: cart.storeId,
    tillId: cart.tillId,
    staffId: act.staff.id,
    staffName: act.staff.name,
    note: note || null,
    cart,
    payable: totals.payable,
    heldAt: act.now,
  });
  return showMember(desk, act, held);
}

/** `GET /api/checkout/held-carts?storeId=` */
export async function listHeldCarts(desk: Desk, act: Act, storeId: string): Promise<HeldCart[]> {
  await demandHold(desk, act, storeId);
  const waiting = await readHeldCarts(desk.database, storeId);
  return waiting.map((held) => showMember(desk, act, held));
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
  return showMember(desk, act, taken);
}
