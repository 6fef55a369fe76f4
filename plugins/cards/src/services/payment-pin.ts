import { hashPin, verifyPin } from '@tessera/access/public';
import { notFound, type TesseraError } from '@tessera/kernel/domain';
import { keyReused, requestHashOf } from '@tessera/kernel/public';
import type { PinReply, PinRequest } from '../contracts';
import type { PinUse } from '../public';
import { PIN_PAUSE_MINUTES, PIN_TRIES, paymentPinLocked, paymentPinNotSet, paymentPinWrong } from '../domain';
import { clearPinAttempts, readHomeStore, takePinAttempt, writePin, type PinAttempt } from '../store/pin-store';
import type { Act, CardsDesk } from './member-cards';

function refusalOf(attempt: Exclude<PinAttempt, { state: 'not-set' }>): TesseraError {
  if (attempt.state === 'open' && attempt.until === null) return paymentPinWrong({ left: attempt.left });
  return paymentPinLocked({ until: new Date(attempt.until ?? 0).toISOString() });
}

/**
 * Is it the PIN of this member? Each try is counted in a transaction of its own before the PIN is compared: no number of tills at once
 * guesses more often than `PIN_TRIES` times, and a sale that is undone gives no try back. Whoever tried a wrong one, or one that is locked,
 * is on the trail.
 * @throws payment_pin_not_set, payment_pin_locked (409), payment_pin_wrong (403)
 */
export async function checkPaymentPin(desk: CardsDesk, memberId: string, pin: string, use: PinUse): Promise<void> {
  const { database, access } = desk;
  const attempt = await takePinAttempt(database, {
    memberId,
    now: use.now,
    tries: PIN_TRIES,
    pauseMinutes: PIN_PAUSE_MINUTES,
  });
  if (attempt.state === 'not-set') throw paymentPinNotSet(undefined);
  if (attempt.state === 'open' && (await verifyPin(pin, attempt.hash))) return clearPinAttempts(database, attempt);
  const refusal = refusalOf(attempt);
  const { staff, permission, storeId, amount } = use;
  const { version: policyVersion } = staff.policy;
  await access.record(database, {
    staff,
    decision: { effect: 'deny', permission, rule: refusal.code, policyVersion },
    subjectType: 'member',
    subjectId: memberId,
    storeId,
    amount,
    after: refusal.details,
  });
  throw refusal;
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
