import { pointsSomewhere } from '@tessera/backoffice/domain';
import { defineError } from '@tessera/kernel/domain';
import { nameSearchKeys } from './name-search-keys';
import { lastFourDigits, normalisePhone, invalidPhone } from './normalise-phone';

/** Attributes of `api::member.member` that are about to be written. */
export type MemberData = Record<string, unknown>;

export interface PreparationFacts {
  action: 'create' | 'update';
  now: Date;
  /** ISO 3166 code for phone numbers without a country. */
  defaultCountry: string;
}

type FieldError = { field: string };

export const invalidName = defineError<FieldError>('invalid_name', 400, 'A member has a name');
export const invalidMemberNo = defineError<FieldError>(
  'invalid_member_no',
  400,
  'A member number is made of letters, digits and hyphens, at most 32',
);
export const invalidBirthday = defineError<FieldError>(
  'invalid_birthday',
  400,
  'A birthday is a real day (YYYY-MM-DD) after 1900 that is not in the future',
);
export const invalidTags = defineError<FieldError>(
  'invalid_tags',
  400,
  'Tags are at most 30 texts of 1 to 40 characters',
);
export const invalidText = defineError<FieldError>('invalid_text', 400, ({ field }) => `${field} is not plain text`);
export const incompleteConsent = defineError<FieldError>(
  'incomplete_consent',
  400,
  'A consent is recorded whole: channel and version, given at a moment that is not in the future',
);
export const invalidMerge = defineError<FieldError>(
  'invalid_merge',
  400,
  'Only a member merged into another one has the status "merged"',
);

const MOST_TAGS = 30;
const LONGEST_TAG = 40;
const FIRST_BIRTHDAY = '1900-01-01';
/** Clocks of tills may be ahead. */
const CLOCK_SKEW_MS = 5 * 60_000;
const CONSENT = ['consentChannel', 'consentVersion', 'consentAt'] as const;
const DERIVED = ['phoneLast4', 'namePinyin', 'nameInitials'];

function isEmpty(value: unknown): boolean {
  return value === null || value === '';
}

function prepareName(value: unknown): MemberData {
  if (typeof value !== 'string' || /\p{Cc}|\p{Cs}/u.test(value)) throw invalidName({ field: 'name' });
  const name = value.normalize('NFC').trim().replace(/\s+/g, ' ');
  if (name === '') throw invalidName({ field: 'name' });
  const keys = nameSearchKeys(name);
  return { name, namePinyin: keys.pinyin, nameInitials: keys.initials };
}

function prepareMemberNo(value: unknown): MemberData {
  const memberNo = typeof value === 'string' ? value.trim().toUpperCase() : '';
  if (!/^[A-Z0-9-]{1,32}$/.test(memberNo)) throw invalidMemberNo({ field: 'memberNo' });
  return { memberNo };
}

function preparePhone(value: unknown, defaultCountry: string): MemberData {
  if (isEmpty(value)) return { phone: null, phoneLast4: null };
  if (typeof value !== 'string') throw invalidPhone({ field: 'phone' });
  const phone = normalisePhone(value, defaultCountry);
  return { phone, phoneLast4: lastFourDigits(phone) };
}

function isRealDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

function prepareBirthday(value: unknown, now: Date): MemberData {
  if (isEmpty(value)) return { birthday: null };
  const isPast = typeof value === 'string' && value >= FIRST_BIRTHDAY && value <= now.toISOString().slice(0, 10);
  if (!isPast || !isRealDay(value)) throw invalidBirthday({ field: 'birthday' });
  return { birthday: value };
}

function prepareTags(value: unknown): MemberData {
  if (isEmpty(value)) return { tags: null };
  if (!Array.isArray(value) || value.length > MOST_TAGS) throw invalidTags({ field: 'tags' });
  const tags = value.map((tag: unknown) => {
    const text = typeof tag === 'string' ? tag.normalize('NFC').trim() : '';
    if (text === '' || text.length > LONGEST_TAG || /\p{Cc}|\p{Cs}/u.test(text)) throw invalidTags({ field: 'tags' });
    return text;
  });
  return { tags: [...new Set(tags)] };
}

/** The three consent fields are one record: they are set together or taken back together. */
function prepareConsent(data: MemberData, now: Date): MemberData {
  if (!CONSENT.some((field) => data[field] !== undefined)) return {};
  if (CONSENT.every((field) => data[field] === undefined || isEmpty(data[field]))) {
    return { consentChannel: null, consentVersion: null, consentAt: null };
  }
  const missing = (['consentChannel', 'consentVersion'] as const).find((name) => !data[name]);
  if (missing) throw incompleteConsent({ field: missing });
  const given = isEmpty(data.consentAt ?? null) ? now : new Date(data.consentAt as string);
  const isPossible = given.getTime() <= now.getTime() + CLOCK_SKEW_MS;
  if (!isPossible) throw incompleteConsent({ field: 'consentAt' });
  return { consentAt: given.toISOString() };
}

/** `merged` and `mergedInto` say the same thing: one is never written without the other. */
function prepareMerge(data: MemberData): MemberData {
  if (data.status === 'anonymised') throw invalidMerge({ field: 'status' });
  const isMerged = pointsSomewhere(data.mergedInto);
  if (isMerged === undefined) {
    if (data.status === 'merged') throw invalidMerge({ field: 'status' });
    return {};
  }
  if (isMerged) {
    if (data.status !== undefined && data.status !== 'merged') throw invalidMerge({ field: 'status' });
    return { status: 'merged' };
  }
  if (data.status === 'merged') throw invalidMerge({ field: 'mergedInto' });
  return {};
}

/**
 * Normalises or refuses what is about to be written of a member, and derives what it is found by.
 * On an update only the given attributes are looked at. The member number of a new member is the caller's to make.
 * @throws invalid_name, invalid_member_no, invalid_phone, invalid_birthday, invalid_tags, invalid_text,
 * incomplete_consent, invalid_merge (400), each naming the field and never repeating the value
 */
export function prepareMember(given: MemberData, facts: PreparationFacts): MemberData {
  // Derived fields are never believed.
  const data = Object.fromEntries(Object.entries(given).filter(([field]) => !DERIVED.includes(field)));
  if (typeof data.note === 'string' && data.note.includes('\0')) throw invalidText({ field: 'note' });
  const isNew = facts.action === 'create';
  return {
    ...data,
    ...(data.name !== undefined ? prepareName(data.name) : {}),
    ...(data.memberNo !== undefined ? prepareMemberNo(data.memberNo) : {}),
    ...(data.phone !== undefined ? preparePhone(data.phone, facts.defaultCountry) : {}),
    ...(data.birthday !== undefined ? prepareBirthday(data.birthday, facts.now) : {}),
    ...(data.tags !== undefined ? prepareTags(data.tags) : {}),
    ...prepareConsent(data, facts.now),
    ...prepareMerge(data),
    ...(isNew && isEmpty(data.joinedAt ?? null) ? { joinedAt: facts.now.toISOString() } : {}),
  };
}
