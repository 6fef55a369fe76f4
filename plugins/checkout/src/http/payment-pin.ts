import type { StaffCall } from '@tessera/access/public';
import { parse } from '@tessera/kernel/public';
import { PAYMENT_PIN_HEADER, paymentPinSchema } from '../contracts';
import type { Act } from '../services/price-cart';

/** Who acts, with the PIN that the member typed: beside the body, so that it is in nothing that is kept. @throws invalid_input (400) */
export function withPaymentPin(call: StaffCall): Act {
  const { staff, now } = call;
  return { staff, now, paymentPin: parse(paymentPinSchema, call.header(PAYMENT_PIN_HEADER) ?? null) };
}
