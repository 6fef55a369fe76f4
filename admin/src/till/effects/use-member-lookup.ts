import type { MemberHit } from '@tessera/members/contracts';
import { useEffect, useState } from 'react';
import type { Refusal } from '../model/problem';
import { findMembers, refusalOf } from './till-api';

const SETTLE_MS = 120;
/** One character finds half the town; one 汉字 may be a name. */
const SHORTEST = 2;

export interface Lookup {
  /** The text these hits belong to; another one = still looking. */
  text: string;
  hits: MemberHit[];
  failure: Refusal | null;
}

const NOTHING: Lookup = { text: '', hits: [], failure: null };

export function isSearchable(text: string): boolean {
  return text.trim().length >= SHORTEST || /\p{Script=Han}/u.test(text);
}

/** Members whose phone, number or name match what is typed; a newer text takes back the older question. */
export function useMemberLookup(text: string): Lookup & { isLooking: boolean } {
  const [lookup, setLookup] = useState(NOTHING);
  const wanted = text.trim();
  useEffect(() => {
    if (!isSearchable(wanted)) return undefined;
    const question = new AbortController();
    const timer = setTimeout(() => {
      findMembers(wanted, question.signal).then(
        (hits) => setLookup({ text: wanted, hits, failure: null }),
        (error: unknown) => {
          if (!question.signal.aborted) setLookup({ text: wanted, hits: [], failure: refusalOf(error) });
        },
      );
    }, SETTLE_MS);
    return () => {
      clearTimeout(timer);
      question.abort();
    };
  }, [wanted]);
  const isCurrent = lookup.text === wanted;
  return { ...(isCurrent ? lookup : NOTHING), isLooking: isSearchable(wanted) && !isCurrent };
}
