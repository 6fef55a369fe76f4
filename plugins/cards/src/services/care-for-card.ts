import { randomBytes } from 'node:crypto';
import type { AccessRequest } from '@tessera/access/domain';
import { notFound } from '@tessera/kernel/domain';
import { keyReused, requestHashOf } from '@tessera/kernel/public';
import type { CareReply } from '../contracts';
import {
  cardNumber,
  cardRaced,
  careFor,
  unknownReceiver,
  valueOn,
  type Care,
  type CareAsk,
  type CareKind,
} from '../domain';
import { bookCare, loadCare, type Answered, type LoadedCare } from '../store/care-store';
import type { Act, CardsDesk } from './member-cards';

/** Of a request: what is to be done, and why. */
export type CareRequest = { reason: string } & (
  | { kind: 'freeze' | 'unfreeze' | 'report-lost' }
  | { kind: 'replace' }
  | { kind: 'extend'; lotId: string; days: number }
  | { kind: 'transfer' | 'share' | 'unshare'; memberId: string }
);

export interface CareAct {
  cardId: string;
  request: CareRequest;
  key: string;
}

export interface CareResult {
  reply: CareReply;
  isReplay: boolean;
}

/** Every act upon a card has its own right; a card handed on concerns the stores of both members. */
function accessRequestOf(request: CareRequest, { card, homeStoreId, receiver }: LoadedCare, now: Date): AccessRequest {
  const permission = `cards.${request.kind}`;
  const opened = { storeId: card.storeId };
  switch (request.kind) {
    case 'extend':
      return { permission, now, records: [opened], amounts: { days: request.days } };
    case 'share':
    case 'unshare':
      return { permission: 'cards.share', now, records: [opened] };
    case 'transfer': {
      const members = [homeStoreId, receiver?.homeStoreId ?? null].map((storeId) => ({
        storeId: storeId ?? card.storeId,
      }));
      return { permission, now, records: [opened, ...members], amounts: { amount: valueOn(card) } };
    }
    default:
      return { permission, now, records: [opened] };
  }
}

function askOf(request: CareRequest, { receiver }: LoadedCare): CareAsk {
  switch (request.kind) {
    case 'replace':
      return { kind: 'replace', number: cardNumber(randomBytes(15)) };
    case 'transfer':
    case 'share':
    case 'unshare':
      if (!receiver) throw unknownReceiver(undefined);
      return { kind: request.kind, receiver };
    default:
      return request;
  }
}

function replyOf(cardId: string, kind: CareKind, { next, lots }: Care, now: Date): CareReply {
  const { number, status, memberId } = next;
  const ends = lots.map(({ id, validUntil }) => ({ id, validUntil }));
  return { cardId, kind, occurredAt: now.toISOString(), number, status, memberId, lots: ends };
}

function replayed({ requestHash, response }: Answered, wanted: string): CareResult {
  if (requestHash !== wanted) throw keyReused(undefined);
  return { reply: response as CareReply, isReplay: true };
}

/** Load → decide → apply, once. */
async function tryCare(
  desk: CardsDesk,
  { staff, now }: Act,
  { cardId, request, key }: CareAct,
): Promise<CareResult | 'stale'> {
  const receiverId = 'memberId' in request ? request.memberId : null;
  const loaded = await loadCare(desk.database, { cardId, receiverId, key });
  if (!loaded) throw notFound({ what: 'card', id: cardId });
  const requestHash = requestHashOf(`card ${cardId}`, staff.id, request);
  if (loaded.answered) return replayed(loaded.answered, requestHash);
  const access = accessRequestOf(request, loaded, now);
  const decision = await desk.access.demand(staff, access);
  const { card, store } = loaded;
  const { kind, reason } = request;
  const care = careFor(card, askOf(request, loaded), { now, ...store });
  const reply = replyOf(cardId, kind, care, now);
  const amount = access.amounts?.['amount'];
  const outcome = await bookCare(desk.database, {
    key,
    requestHash,
    response: reply,
    cardId,
    known: {
      status: card.status,
      memberId: card.memberId,
      number: card.number,
      guests: card.guests.map(({ memberId }) => memberId),
    },
    next: care.next,
    lots: care.lots,
    act: {
      kind,
      occurredAt: now.toISOString(),
      staffId: staff.id,
      staffName: staff.name,
      reason,
      toMember: receiverId,
      details: care.details,
    },
    audit: desk.access.auditRow({
      staff,
      decision,
      storeId: card.storeId,
      subjectType: 'card',
      subjectId: cardId,
      reason,
      ...(amount === undefined ? {} : { amount }),
      before: { ...care.details.before, ends: care.details.lots.map(({ before }) => before) },
      after: { ...care.details.after, ends: care.details.lots.map(({ after }) => after) },
    }),
  });
  if (outcome.kind === 'stale') return 'stale';
  if (outcome.kind === 'answered') return replayed(outcome.answered, requestHash);
  return { reply, isReplay: false };
}

/** So often the card may change between load and booking. */
const MAX_TRIES = 5;

/**
 * `POST /api/cards/{id}/…`: freezes, unfreezes, extends, reports lost, replaces or hands on a card, with a reason, on the trail.
 * @throws not_found (404), forbidden and approval_required (403), idempotency_key_reused, unknown_receiver (422), card_raced (409), the
 * refusals of `careFor`
 */
export async function careForCard(desk: CardsDesk, act: Act, asked: CareAct): Promise<CareResult> {
  for (let attempt = 1; attempt <= MAX_TRIES; attempt++) {
    const result = await tryCare(desk, act, asked);
    if (result !== 'stale') return result;
  }
  throw cardRaced(undefined);
}
