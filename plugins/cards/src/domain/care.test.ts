import { CARE_KINDS, CARE_STATES, CARD_STATUSES, canCare, careFor, type CaredCard } from './care';
import { blockedAmong, type BlockedCard } from './blocked-card';

const moment = { now: new Date('2026-11-28T04:00:00Z'), timeZone: 'Asia/Shanghai', dayCutoff: '05:00' };

const cardOf = (changes: Partial<CaredCard> = {}): CaredCard => ({
  id: 'card',
  number: '1234567890123452',
  status: 'active',
  memberId: 'giver',
  storeId: 'store',
  blockedOn: null,
  guests: [],
  lots: [
    { id: '1', principal: 500, bonus: 60, validUntil: '2026-12-31T16:00:00.000Z', time: null },
    { id: '2', principal: 0, bonus: 0, validUntil: '2026-10-31T16:00:00.000Z', time: null },
    { id: '3', principal: 100, bonus: 0, validUntil: null, time: null },
  ],
  ...changes,
});

const code = (act: () => unknown): string => {
  try {
    act();
    return 'done';
  } catch (error) {
    return (error as { code: string }).code;
  }
};

test('every status but closed can be left again, and every act starts somewhere', () => {
  const left = CARD_STATUSES.filter((status) =>
    CARE_KINDS.some((kind) => canCare(kind, status) && (CARE_STATES[kind].to ?? status) !== status),
  );
  expect(left).toEqual(['active', 'frozen', 'lost']);
  for (const kind of CARE_KINDS) expect(CARE_STATES[kind].from).not.toEqual([]);
});

test('a card is blocked from the business day on which it was frozen, and not twice', () => {
  const frozen = careFor(cardOf(), { kind: 'freeze' }, { ...moment, now: new Date('2026-11-27T20:00:00Z') });
  expect(frozen.next).toMatchObject({ status: 'frozen', blockedOn: '2026-11-27' });
  expect(frozen.details).toEqual({ before: { status: 'active' }, after: { status: 'frozen' }, lots: [] });
  const card = cardOf({ ...frozen.next, guests: [] });
  expect(code(() => careFor(card, { kind: 'freeze' }, moment))).toBe('card_status_wrong');
  const lost = careFor(card, { kind: 'report-lost' }, moment);
  expect(lost.next).toMatchObject({ status: 'lost', blockedOn: '2026-11-27' });
  expect(careFor(cardOf({ ...lost.next, guests: [] }), { kind: 'replace', number: '42' }, moment).next).toEqual({
    status: 'active',
    memberId: 'giver',
    number: '42',
    blockedOn: null,
    guests: [],
  });
});

test.each([
  ['1', '2027-01-10T16:00:00.000Z'],
  ['2', '2026-12-08T16:00:00.000Z'],
])('lot %s is extended from its end, or from today when that has passed', (lotId, validUntil) => {
  const { lots } = careFor(cardOf(), { kind: 'extend', lotId, days: 10 }, moment);
  expect(lots).toMatchObject([{ id: lotId, validUntil }]);
});

test('what has no end, or is not on the card, cannot be extended', () => {
  expect(code(() => careFor(cardOf(), { kind: 'extend', lotId: '3', days: 1 }, moment))).toBe('lot_never_ends');
  expect(code(() => careFor(cardOf(), { kind: 'extend', lotId: '9', days: 1 }, moment))).toBe('unknown_lot');
});

test('a card goes to another active member, and not while it is blocked', () => {
  const to = (memberId: string, status = 'active') => ({ kind: 'transfer', receiver: { memberId, status } }) as const;
  expect(careFor(cardOf(), to('receiver'), moment).details).toMatchObject({
    before: { memberId: 'giver' },
    after: { memberId: 'receiver' },
  });
  expect(code(() => careFor(cardOf(), to('giver'), moment))).toBe('same_member');
  expect(code(() => careFor(cardOf(), to('receiver', 'closed'), moment))).toBe('receiver_not_active');
  expect(code(() => careFor(cardOf({ status: 'frozen' }), to('receiver'), moment))).toBe('card_status_wrong');
});

test('a blocked card is in the way when it is named, or when the others hold too little without it', () => {
  const blocked: BlockedCard[] = [{ id: 'b', number: '1', currency: 'CNY', status: 'frozen', value: 100 }];
  const isIn = (cardIds: string[], value: number) => blockedAmong(blocked, { cardIds, value }, 50)?.id ?? null;
  expect(isIn(['a', 'b'], 0)).toBe('b');
  expect(isIn([], 50)).toBeNull();
  expect(isIn([], 51)).toBe('b');
  expect(isIn([], 150)).toBe('b');
  expect(isIn([], 151)).toBeNull();
});

const monthly = (changes: object = {}) => ({
  id: '7',
  principal: 3_000,
  bonus: 0,
  validUntil: '2026-12-18T21:00:00.000Z',
  time: { startedOn: '2026-11-19', periodDays: 30, freezeDays: 5, frozenDays: 0, sharedWith: 1 },
  ...changes,
});

test('a time card ends later by the days it was blocked, as many as its terms allow', () => {
  const frozen = (blockedOn: string) => cardOf({ status: 'frozen', blockedOn, lots: [monthly()] });
  expect(careFor(frozen('2026-11-26'), { kind: 'unfreeze' }, moment).lots).toEqual([
    { id: '7', known: '2026-12-18T21:00:00.000Z', validUntil: '2026-12-20T21:00:00.000Z', frozenDays: 2 },
  ]);
  expect(careFor(frozen('2026-11-20'), { kind: 'unfreeze' }, moment).lots).toMatchObject([{ frozenDays: 5 }]);
  expect(careFor(frozen('2026-11-28'), { kind: 'unfreeze' }, moment).lots).toEqual([]);
  const over = monthly({
    time: { startedOn: '2026-10-01', periodDays: 30, freezeDays: 5, frozenDays: 0, sharedWith: 1 },
  });
  const late = cardOf({ status: 'frozen', blockedOn: '2026-11-20', lots: [over] });
  expect(careFor(late, { kind: 'unfreeze' }, moment).lots).toEqual([]);
});

test('a time card that is extended has so many more days, counted from its last one or from today', () => {
  const extend = (lot: object) =>
    careFor(cardOf({ lots: [monthly(lot)] }), { kind: 'extend', lotId: '7', days: 3 }, moment).lots;
  expect(extend({})).toMatchObject([{ validUntil: '2026-12-21T21:00:00.000Z', periodDays: 33 }]);
  const over = { startedOn: '2026-10-01', periodDays: 30, freezeDays: 0, frozenDays: 0, sharedWith: 0 };
  expect(extend({ time: over, validUntil: '2026-10-30T21:00:00.000Z' })).toMatchObject([
    { validUntil: '2026-12-01T21:00:00.000Z', periodDays: 62 },
  ]);
});

test('a time card is shared with as many others as its terms allow, and with nobody when it is handed on', () => {
  const ask = (kind: 'share' | 'unshare' | 'transfer', memberId: string) =>
    ({ kind, receiver: { memberId, status: 'active' } }) as const;
  const card = cardOf({ lots: [monthly()] });
  const { next } = careFor(card, ask('share', 'child'), moment);
  expect(next.guests).toEqual(['child']);
  const shared = { ...card, guests: [{ memberId: 'child', nowId: 'child' }] };
  expect(code(() => careFor(shared, ask('share', 'other'), moment))).toBe('card_not_shareable');
  expect(code(() => careFor(card, ask('share', 'giver'), moment))).toBe('same_member');
  expect(code(() => careFor(card, ask('unshare', 'child'), moment))).toBe('card_not_shared');
  expect(careFor(shared, ask('unshare', 'child'), moment).next.guests).toEqual([]);
  expect(careFor(shared, ask('transfer', 'other'), moment).next.guests).toEqual([]);
});

test('whom a time card is shared with may have become another member since, or its owner', () => {
  const ask = (kind: 'share' | 'unshare', memberId: string) =>
    ({ kind, receiver: { memberId, status: 'active' } }) as const;
  const sharedWith = (nowId: string) => cardOf({ lots: [monthly()], guests: [{ memberId: 'child', nowId }] });
  const merged = sharedWith('grown');
  expect(code(() => careFor(merged, ask('share', 'grown'), moment))).toBe('same_member');
  expect(code(() => careFor(merged, ask('share', 'other'), moment))).toBe('card_not_shareable');
  expect(careFor(merged, ask('unshare', 'grown'), moment).next.guests).toEqual([]);
  expect(code(() => careFor(merged, ask('unshare', 'child'), moment))).toBe('card_not_shared');
  expect(careFor(sharedWith('giver'), ask('share', 'other'), moment).next.guests).toEqual(['child', 'other']);
});
