import { TesseraError } from '@tessera/kernel/domain';
import { nameSearchKeys } from './name-search-keys';
import { normalisePhone } from './normalise-phone';

/** One way to find members. Prefixes and parts are literal text, never patterns. */
export interface LookupStep {
  by:
    | 'memberNo'
    | 'phone'
    | 'phoneLast4'
    | 'memberNoPrefix'
    | 'namePrefix'
    | 'namePart'
    | 'pinyinPrefix'
    | 'givenPinyinPrefix'
    | 'initialsPrefix'
    | 'givenInitialsPrefix';
  value: string;
}

export interface LookupFacts {
  defaultCountry: string;
  /** What the person may search by. */
  searchable: { memberNo: boolean; phone: boolean; name: boolean };
}

/** Width of a generated number without its `M`. */
const MEMBER_NO_DIGITS = 6;
/** CJK radicals and everything above: scripts whose single characters are words. */
const CJK = /[\u2e80-\u{10ffff}]/u;

/** `M000123`, `M1234567`. */
export function formatMemberNo(sequence: number): string {
  return `M${String(sequence).padStart(MEMBER_NO_DIGITS, '0')}`;
}

function wholePhone(text: string, defaultCountry: string): LookupStep[] {
  try {
    return [{ by: 'phone', value: normalisePhone(text, defaultCountry) }];
  } catch (error) {
    if (error instanceof TesseraError) return [];
    throw error;
  }
}

/**
 * The member says the last four digits at the counter, so they may be searched although the number is masked. Exactly
 * four and the whole number are the only ways in: any other part would let somebody guess a number digit by digit.
 */
function phoneSteps(text: string, defaultCountry: string): LookupStep[] {
  const lastFour: LookupStep[] = /^\d{4}$/.test(text) ? [{ by: 'phoneLast4', value: text }] : [];
  return [...lastFour, ...wholePhone(text, defaultCountry)];
}

function memberNoSteps(text: string): LookupStep[] {
  const memberNo = text.toUpperCase();
  if (!/^[A-Z0-9-]{1,32}$/.test(memberNo) || !/\d/.test(memberNo)) return [];
  const short: LookupStep[] = /^\d{1,9}$/.test(memberNo)
    ? [{ by: 'memberNo', value: formatMemberNo(Number(memberNo)) }]
    : [];
  return [{ by: 'memberNo', value: memberNo }, ...short];
}

function memberNoPrefixSteps(text: string): LookupStep[] {
  const memberNo = text.toUpperCase();
  if (!/^[A-Z0-9-]{2,32}$/.test(memberNo) || !/\d/.test(memberNo)) return [];
  return [{ by: 'memberNoPrefix', value: memberNo }];
}

function nameSteps(text: string): LookupStep[] {
  if (CJK.test(text)) {
    const name = text.normalize('NFC');
    return [
      { by: 'namePrefix', value: name },
      { by: 'namePart', value: name },
    ];
  }
  const letters = nameSearchKeys(text).pinyin.replaceAll(' ', '');
  if (!/\p{L}/u.test(letters)) return text === '' ? [] : [{ by: 'namePrefix', value: text }];
  const byPinyin: LookupStep[] = [
    { by: 'pinyinPrefix', value: letters },
    { by: 'givenPinyinPrefix', value: letters },
  ];
  if (/\s/.test(text)) return byPinyin;
  return [
    { by: 'pinyinPrefix', value: letters },
    { by: 'initialsPrefix', value: letters },
    { by: 'givenPinyinPrefix', value: letters },
    { by: 'givenInitialsPrefix', value: letters },
  ];
}

/**
 * What was typed or scanned → the ways to search, best first: member number, phone (last four or whole), then names:
 * 汉字 by any part, pinyin and initials from the start of the name or of the given name.
 * An empty plan finds nobody.
 */
export function planLookup(query: string, facts: LookupFacts): LookupStep[] {
  const text = query.normalize('NFKC').trim().replace(/\s+/g, ' ');
  const { searchable, defaultCountry } = facts;
  return [
    ...(searchable.memberNo ? memberNoSteps(text) : []),
    ...(searchable.phone && /^[\d+()\s-]+$/.test(text) ? phoneSteps(text, defaultCountry) : []),
    ...(searchable.memberNo ? memberNoPrefixSteps(text) : []),
    ...(searchable.name ? nameSteps(text) : []),
  ];
}
