import { needsPaymentPin, paymentPinNeeded } from '@tessera/cards/domain';
import { sum } from '@tessera/kernel/domain';
import type { SaleRequest } from '../contracts';
import type { SaleFacts } from '../domain';
import type { Act, Desk } from './price-cart';

/**
 * Above the amount that the store has set, stored value is paid with the member's PIN. It comes in a header of its own, so it is part of no
 * request that is kept, hashed or sent again.
 * @throws payment_pin_needed (422), payment_pin_not_set, payment_pin_locked (409), payment_pin_wrong (403)
 */
export async function demandPaymentPin(
  { checkPaymentPin }: Pick<Desk, 'checkPaymentPin'>,
  { staff, now, paymentPin: pin = null }: Act,
  { tenders, storeId }: Pick<SaleRequest, 'tenders' | 'storeId'>,
  { store, member }: SaleFacts,
): Promise<void> {
  const value = sum(tenders.map(({ method, amount }) => (method === 'stored-value' ? amount : 0)));
  const from = store?.paymentPinFrom ?? null;
  if (!member || !needsPaymentPin(value, from)) return;
  if (pin === null) throw paymentPinNeeded({ from: from ?? 0 });
  await checkPaymentPin(member.id, pin, { staff, permission: 'checkout.sell', storeId, amount: value, now });
}
