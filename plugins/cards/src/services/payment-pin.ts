import { hashPin, verifyPin } from '@tessera/access/public';
import { notFound } from '@tessera/kernel/domain';
import { keyReused, requestHashOf, type Database } from '@tessera/kernel/public';
import type { PinReply, PinRequest } from '../contracts';
import { PIN_PAUSE_MINUTES, PIN_TRIES, paymentPinLocked, paymentPinNotSet, paymentPinWrong } from '../domain';
import { clearPinAttempts, readHomeStore, takePinAttempt, writePin } from '../store/pin-store';
import type { Act, CardsDesk } from './member-cards';

/**
 * Is it the PIN of this member? Each try is counted in a transaction of its own before the PIN is compared: no number of tills at once
 * guesses more often than `PIN_TRIES` times, and a sale that is undone gives no try back.
 * @throws payment_pin_not_set, payment_pin_locked (409), payment_pin_wrong (403)
 */
export async function checkPaymentPin(database: Database, memberId: string, pin: string, now: Date): Promise<void> {
  const attempt = await takePinAttempt(database, {
    memberId,
    now,
    tries: PIN_TRIES,
    pauseMinutes: PIN_PAUSE_MINUTES,
  });
  if (attempt.state === 'not-set') throw paymentPinNotSet(undefined);
  if (attempt.state === 'locked') throw paymentPinLocked({ until: new Date(attempt.until).toISOString() });
  if (await verifyPin(pin, attempt.hash)) return clearPinAttempts(database, memberId, attempt.hash);
  if (attempt.until !== null) throw paymentPinLocked({ until: new Date(attempt.until).toISOString() });
  throw paymentPinWrong({ left: attempt.left });
}

/**
 * `POST /api/cards/members/{id}/payment-pin`: the member chooses a PIN at the counter; who stood there and why is on the trail, the PIN is not.
 * @throws not_found (404), forbidden (403), idempotency_key_reused (422)
 */
export async function setPaymentPin(
  desk: CardsDesk,
  { staff, now }: Act,
  { memberId, request, key }: { memberId: string; request: PinRequest; key: string },
): Promise<{ reply: PinReply; isReplay: boolean }> {
  const home = await readHomeStore(desk.database, memberId);
  if (!home) throw notFound({ what: 'member', id: memberId });
  const { storeId } = home;
  const decision = await desk.access.demand(staff, { permission: 'cards.set-pin', now });
  const { pin, reason } = request;
  // Of the request without the PIN: six digits are guessed from any hash that is made quickly.
  const requestHash = requestHashOf(`set payment pin of ${memberId}`, staff.id, { reason });
  const reply: PinReply = { memberId, setAt: now.toISOString() };
  const subject = { subjectType: 'member', subjectId: memberId, storeId };
  const answered = await writePin(desk.database, {
    key,
    requestHash,
    response: reply,
    memberId,
    hash: await hashPin(pin),
    at: reply.setAt,
    audit: desk.access.auditRow({ staff, decision, ...subject, reason }),
  });
  if (!answered) return { reply, isReplay: false };
  if (answered.requestHash !== requestHash) throw keyReused(undefined);
  return { reply: answered.response as PinReply, isReplay: true };
}
