import { randomBytes } from 'node:crypto';
import { businessDayOf, uuidV7 } from '@tessera/kernel/domain';
import type { Sql } from '@tessera/kernel/public';
import { birthdayKeys } from '@tessera/members/domain';
import type { Members } from '@tessera/members/public';
import type { Points } from '@tessera/points/public';
import {
  bytesForCodes,
  couponCodes,
  couponDates,
  DAYS_APART,
  dueGift,
  LATE_DAYS,
  MOST_DAYS_BEFORE,
  type DueGift,
  type TemplateTerms,
} from '../domain';
import { readBirthdayMembers, writeBirthdayGift, type BirthdayMember } from '../store/birthday-store';
import { readTemplateTerms } from '../store/template-store';

export interface BirthdayDesk {
  sql: Sql;
  tierBook: Members['tierBook'];
  giftOf: Points['giftOf'];
  /** Members in one reading. */
  batch?: number;
}

/** So often chance may name a code that exists. */
const MAX_TRIES = 5;
const KIND = 'birthday-gift';

export interface BirthdayGifts {
  given: number;
  points: number;
  coupons: number;
  /** Not given, because the template of their coupon is not issued (any more). */
  withheld: number;
}

/** Days of birth that may be due on the clock of any store. */
function keysAround(now: Date): number[] {
  const first = new Date(now.getTime() - (LATE_DAYS + 2) * 86_400_000).toISOString().slice(0, 10);
  return birthdayKeys(first, LATE_DAYS + MOST_DAYS_BEFORE + 4).map(({ key }) => key);
}

/** What the coupon is to be; null = coupons of this template are not issued. */
function couponOf(template: TemplateTerms | null, { year, tier }: DueGift, store: BirthdayMember['store'], now: Date) {
  if (!template?.isActive) return null;
  const { validFrom, validUntil } = couponDates(template, { now, timeZone: store.timeZone });
  if (validUntil !== null && validUntil <= validFrom) return null;
  const { terms } = template;
  const at = { validFrom, validUntil, issuedAt: now.toISOString() };
  const reason = `${year} · ${tier.code}`;
  return { id: uuidV7(now, randomBytes(10)), templateId: terms.templateId, terms, kind: 'birthday', reason, ...at };
}

type Outcome = 'given' | 'withheld' | 'not-given';

async function give(desk: BirthdayDesk, member: BirthdayMember, due: DueGift, now: Date): Promise<Outcome> {
  const { sql } = desk;
  const { memberId, birthday, store } = member;
  const { year, tier, gift } = due;
  const { points: amount, pointsDays: days, couponTemplateId } = gift;
  const label = { zh: `生日礼 · ${tier.label.zh}`, en: `Birthday gift · ${tier.label.en}` };
  const points = amount > 0 ? await desk.giftOf({ memberId, amount, days, kind: KIND, label, store, now }) : null;
  const coupon = couponTemplateId && couponOf(await readTemplateTerms(sql, couponTemplateId), due, store, now);
  if (couponTemplateId !== null && !coupon) return 'withheld';
  const given = { memberId, birthday, year, tier: tier.code, givenOn: todayOf(store, now), givenAt: now.toISOString() };
  for (let attempt = 1; attempt <= MAX_TRIES; attempt++) {
    const [code] = couponCodes(randomBytes(bytesForCodes(1)));
    const outcome = await writeBirthdayGift(sql, { ...given, apartDays: DAYS_APART, points, coupon, code });
    if (outcome !== 'code-taken') return outcome === 'given' ? 'given' : 'not-given';
  }
  throw new Error('no free coupon code was found');
}

/** A birthday is a day of the clock, not of the business. */
function todayOf({ timeZone }: BirthdayMember['store'], now: Date): string {
  return businessDayOf(now, timeZone, '00:00');
}

async function giveIfDue(desk: BirthdayDesk, member: BirthdayMember, now: Date, done: BirthdayGifts): Promise<void> {
  const { store, holding } = member;
  const businessDay = businessDayOf(now, store.timeZone, store.dayCutoff);
  const due = dueGift(member, await desk.tierBook(holding.version), { now, today: todayOf(store, now), businessDay });
  if (!due) return;
  const outcome = await give(desk, member, due, now);
  if (outcome === 'withheld') done.withheld += 1;
  if (outcome !== 'given') return;
  done.given += 1;
  done.points += due.gift.points;
  done.coupons += due.gift.couponTemplateId === null ? 0 : 1;
}

/**
 * Gives every member whose birthday is near enough the gift of his tier, each in a transaction of its own: points, coupon and the entry
 * that says so, or nothing. Once per birthday year; may run late (a week), twice, or on two nodes. What goes wrong with one member keeps
 * nobody else from his gift.
 * @throws the first thing that went wrong, after everybody else was served
 */
export async function giveBirthdayGifts(desk: BirthdayDesk, now: Date): Promise<BirthdayGifts> {
  const { sql, batch = 500 } = desk;
  const done: BirthdayGifts = { given: 0, points: 0, coupons: 0, withheld: 0 };
  const failures: unknown[] = [];
  const keys = keysAround(now);
  for (let after = ''; ; ) {
    const found = await readBirthdayMembers(sql, { after, keys, now, apartDays: DAYS_APART, batch });
    for (const member of found) {
      await giveIfDue(desk, member, now, done).catch((error: unknown) => failures.push(error));
    }
    const last = found.at(-1);
    if (!last) break;
    after = last.memberId;
  }
  if (failures.length > 0) throw failures[0];
  return done;
}
