import { addDays, businessDayOf, daysBetween, defineError, instantOf, sum } from '@tessera/kernel/domain';
import { endOfValidity } from './sell-plan';
import { daysStandingStill, lastDayOf, type TimePeriod } from './time-card';

export const CARD_STATUSES = ['active', 'frozen', 'lost', 'closed'] as const;
export type CardStatus = (typeof CARD_STATUSES)[number];
export const CARE_KINDS = [
  'freeze',
  'unfreeze',
  'report-lost',
  'replace',
  'extend',
  'transfer',
  'share',
  'unshare',
] as const;
export type CareKind = (typeof CARE_KINDS)[number];

/** Whoever may share a card may end that. */
export const permissionOf = (kind: CareKind): string => `cards.${kind === 'unshare' ? 'share' : kind}`;

/** From which status an act is possible, and to which it leads; null = it stays as it is. */
export const CARE_STATES: Readonly<Record<CareKind, { from: readonly CardStatus[]; to: CardStatus | null }>> = {
  freeze: { from: ['active'], to: 'frozen' },
  // a lost card that was found again, too
  unfreeze: { from: ['frozen', 'lost'], to: 'active' },
  'report-lost': { from: ['active', 'frozen'], to: 'lost' },
  replace: { from: ['active', 'lost'], to: 'active' },
  extend: { from: ['active', 'frozen', 'lost'], to: null },
  transfer: { from: ['active'], to: null },
  share: { from: ['active', 'frozen'], to: null },
  unshare: { from: ['active', 'frozen', 'lost'], to: null },
};

/** Can this be done with a card in that status? */
export const canCare = (kind: CareKind, status: CardStatus): boolean => CARE_STATES[kind].from.includes(status);

export const cardStatusWrong = defineError<{ status: CardStatus; act: CareKind }>(
  'card_status_wrong',
  409,
  ({ status, act }) => `The card is ${status}: ${act} is not possible`,
);
export const cardRaced = defineError('card_raced', 409, 'The card has changed at this moment: look at it again');
export const unknownLot = defineError<{ lotId: string }>('unknown_lot', 422, 'The card has nothing of this number');
export const lotNeverEnds = defineError<{ lotId: string }>('lot_never_ends', 422, 'What has no end cannot be extended');
export const sameMember = defineError('same_member', 422, 'The card belongs to this member already');
export const receiverNotActive = defineError<{ status: string }>(
  'receiver_not_active',
  422,
  ({ status }) => `The membership of the receiver is ${status}`,
);
export const notShareable = defineError<{ most: number }>(
  'card_not_shareable',
  422,
  ({ most }) => `What is on the card may be shared with ${most} others`,
);
export const notShared = defineError('card_not_shared', 422, 'The card is not shared with this member');
export const unknownReceiver = defineError('unknown_receiver', 422, 'No such member');

/** A card as an act finds it. Money in minor units. */
export interface CaredCard {
  id: string;
  number: string;
  status: CardStatus;
  memberId: string;
  storeId: string;
  /** Business day on which it stopped being active. */
  blockedOn: string | null;
  /** Members who may use its time cards beside its owner: documentIds, and who each of them is today, for one may have been merged. */
  guests: readonly { memberId: string; nowId: string }[];
  lots: readonly CaredLot[];
}

export interface CaredLot {
  id: string;
  principal: number;
  bonus: number;
  validUntil: string | null;
  /** Of a time card that was not paid back. */
  time: (TimePeriod & { sharedWith: number }) | null;
}

/** What is wanted: the part of a request that is no reason. */
export type CareAsk =
  | { kind: 'freeze' | 'unfreeze' | 'report-lost' }
  | { kind: 'replace'; number: string }
  | { kind: 'extend'; lotId: string; days: number }
  | { kind: 'transfer' | 'share' | 'unshare'; receiver: { memberId: string; status: string } };

/** What the history keeps of an act, beside who, when and why. */
export interface CardActDetails {
  before: Partial<Pick<CaredCard, 'status' | 'number' | 'memberId'>>;
  after: Partial<Pick<CaredCard, 'status' | 'number' | 'memberId'>>;
  /** Ends that moved. */
  lots: { id: string; before: string | null; after: string | null }[];
}

/** An end that moves; of a time card with what its days are counted by. */
export interface MovedEnd {
  id: string;
  known: string | null;
  validUntil: string | null;
  periodDays?: number;
  frozenDays?: number;
}

/** An act that is possible: how the card is afterwards. */
export interface Care {
  next: Pick<CaredCard, 'status' | 'memberId' | 'number' | 'blockedOn'> & { guests: readonly string[] };
  lots: MovedEnd[];
  details: CardActDetails;
}

/** On the clock of the store that opened the card. */
export interface CareMoment {
  now: Date;
  timeZone: string;
  dayCutoff: string;
}

/** What is on a card: what was paid for it, and bonus. */
export const valueOn = ({ lots }: Pick<CaredCard, 'lots'>): number =>
  sum(lots.map(({ principal, bonus }) => principal + bonus));

/** The end of a business day on the clock of the store. */
function endOfDay(day: string, { timeZone, dayCutoff }: CareMoment): string {
  return instantOf(`${addDays(day, 1)} ${dayCutoff}:00`, timeZone);
}

/** So many days after its end; of what has ended, after today. */
function extended(lot: CaredLot, days: number, moment: CareMoment): MovedEnd {
  const { id, validUntil, time } = lot;
  if (validUntil === null) throw lotNeverEnds({ lotId: id });
  const { now, timeZone, dayCutoff } = moment;
  const lastInstant = new Date(Math.max(now.getTime(), Date.parse(validUntil) - 1));
  const lastDay = time && lastDayOf(time);
  if (!lastDay) return { id, known: validUntil, validUntil: endOfValidity(days, { now: lastInstant, timeZone }) };
  const end = addDays(businessDayOf(lastInstant, timeZone, dayCutoff), days);
  const periodDays = time.periodDays + daysBetween(lastDay, end);
  return { id, known: validUntil, validUntil: endOfDay(end, moment), periodDays };
}

/** Time cards whose days stood still while the card was blocked: each end moves out by what its terms allow. */
function thawed({ lots, blockedOn }: CaredCard, today: string, moment: CareMoment): MovedEnd[] {
  if (blockedOn === null) return [];
  return lots.flatMap(({ id, validUntil, time }) => {
    const lastDay = time && lastDayOf(time);
    if (!lastDay || lastDay < blockedOn) return [];
    const still = daysStandingStill(time, blockedOn, today);
    if (still === 0) return [];
    const frozenDays = time.frozenDays + still;
    return [{ id, known: validUntil, validUntil: endOfDay(addDays(lastDay, still), moment), frozenDays }];
  });
}

function lotsMoved(card: CaredCard, ask: CareAsk, today: string, moment: CareMoment): MovedEnd[] {
  if (CARE_STATES[ask.kind].to === 'active') return thawed(card, today, moment);
  if (ask.kind !== 'extend') return [];
  const lot = card.lots.find(({ id }) => id === ask.lotId);
  if (!lot) throw unknownLot({ lotId: ask.lotId });
  return [extended(lot, ask.days, moment)];
}

/** Who may use its time cards beside its owner; they are the family of the owner, so a card that is handed on has none. */
function guestsAfter({ guests, lots, memberId }: CaredCard, ask: CareAsk): readonly string[] {
  if (ask.kind === 'transfer') return [];
  const known = guests.map((each) => each.memberId);
  if (ask.kind !== 'share' && ask.kind !== 'unshare') return known;
  const { memberId: guest, status } = ask.receiver;
  const others = guests.filter((each) => each.nowId !== guest);
  if (ask.kind === 'unshare') {
    if (others.length === guests.length) throw notShared(undefined);
    return others.map((each) => each.memberId);
  }
  if (guest === memberId || others.length < guests.length) throw sameMember(undefined);
  if (status !== 'active') throw receiverNotActive({ status });
  const most = Math.max(0, ...lots.map(({ time }) => time?.sharedWith ?? 0));
  // Two who became one are one, and one who became the owner is nobody else.
  const persons = new Set(guests.map(({ nowId }) => nowId).filter((id) => id !== memberId));
  if (persons.size >= most) throw notShareable({ most });
  return [...known, guest].sort();
}

function ownerAfter(card: CaredCard, ask: CareAsk): string {
  if (ask.kind !== 'transfer') return card.memberId;
  const { memberId, status } = ask.receiver;
  if (memberId === card.memberId) throw sameMember(undefined);
  if (status !== 'active') throw receiverNotActive({ status });
  return memberId;
}

function changesOf(card: CaredCard, next: Care['next']): Pick<CardActDetails, 'before' | 'after'> {
  const changed = (['status', 'number', 'memberId'] as const).filter((field) => card[field] !== next[field]);
  const pickFrom = (from: CardActDetails['before']) =>
    Object.fromEntries(changed.map((field) => [field, from[field]])) as CardActDetails['before'];
  return { before: pickFrom(card), after: pickFrom(next) };
}

/**
 * What an act makes of a card. Nothing of its value moves: accounts and lots stay with the card, whoever has it and whatever number it bears.
 * @throws card_status_wrong (409), unknown_lot, lot_never_ends, same_member, receiver_not_active, card_not_shareable, card_not_shared (422)
 */
export function careFor(card: CaredCard, ask: CareAsk, moment: CareMoment): Care {
  const { kind } = ask;
  if (!canCare(kind, card.status)) throw cardStatusWrong({ status: card.status, act: kind });
  const status = CARE_STATES[kind].to ?? card.status;
  const today = businessDayOf(moment.now, moment.timeZone, moment.dayCutoff);
  const next = {
    status,
    memberId: ownerAfter(card, ask),
    number: ask.kind === 'replace' ? ask.number : card.number,
    blockedOn: status === 'active' ? null : (card.blockedOn ?? today),
    guests: guestsAfter(card, ask),
  };
  const lots = lotsMoved(card, ask, today, moment);
  const ends = lots.map(({ id, known, validUntil }) => ({ id, before: known, after: validUntil }));
  return { next, lots, details: { ...changesOf(card, next), lots: ends } };
}
