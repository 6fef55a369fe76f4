import { TesseraError } from '@tessera/kernel/domain';
import { prepareMember, type MemberData } from '@tessera/members/domain';
import type { z } from 'zod';
import type { RowBody } from './read-cells';
import type { Fault, MemberOutcomeCode } from './outcomes';

export interface PrepareFacts {
  /** What a form may send of a member: the schema of the back office, for a change. */
  schema: z.ZodType<Record<string, unknown>>;
  now: Date;
  defaultCountry: string;
}

/** Refusals of `prepareMember`, as reasons of a row. */
const REASONS: Record<string, MemberOutcomeCode> = {
  invalid_name: 'bad-name',
  invalid_member_no: 'bad-number',
  invalid_phone: 'bad-phone',
  invalid_birthday: 'bad-birthday',
  invalid_tags: 'bad-tags',
  invalid_text: 'bad-text',
  incomplete_consent: 'incomplete-consent',
  invalid_merge: 'unknown-value',
};
const KEYS: Record<string, string> = { homeStoreId: 'homeStore' };
const CONSENT = ['consentChannel', 'consentVersion', 'consentAt'];

/** Control characters, halves of surrogate pairs: what PostgreSQL does not store, or nobody sees. */
const UNSTORABLE = /[\0\p{Cs}]/u;

function unstorable(body: RowBody): Fault[] {
  return Object.entries(body).flatMap(([field, value]) =>
    [value].flat().some((text) => typeof text === 'string' && UNSTORABLE.test(text))
      ? [{ code: 'bad-text' as const, field }]
      : [],
  );
}

/** By the schema of the form: lengths, values. The member number is the server's there and the file's here. */
function parseForm(body: RowBody, { schema }: PrepareFacts): { data: MemberData; faults: Fault[] } {
  const { memberNo, homeStore, ...rest } = body;
  const parsed = schema.safeParse({ ...rest, ...(homeStore === undefined ? {} : { homeStoreId: homeStore }) });
  if (!parsed.success) {
    const faults = parsed.error.issues.map(({ path, code }): Fault => {
      const key = String(path[0] ?? '');
      const field = KEYS[key] ?? key;
      if (field === 'tags') return { code: 'bad-tags', field };
      return { code: code === 'too_big' ? 'too-long' : code === 'invalid_value' ? 'unknown-value' : 'bad-text', field };
    });
    return { data: {}, faults };
  }
  const { homeStoreId, ...fields } = parsed.data;
  return {
    data: {
      ...fields,
      ...(memberNo === undefined ? {} : { memberNo }),
      ...(homeStoreId === undefined ? {} : { homeStore: homeStoreId }),
    },
    faults: [],
  };
}

function without(body: RowBody, fields: readonly string[]): RowBody {
  return Object.fromEntries(Object.entries(body).filter(([field]) => !fields.includes(field)));
}

/**
 * What a form would have made of the row: the same schema, then the same preparation. Every fault is named, not just the
 * first: what is at fault is taken out and the rest is tried again.
 * @returns the prepared attributes of a new member; `joinedAt` also when the row did not say it
 */
export function prepareRow(body: RowBody, facts: PrepareFacts): { data: MemberData; faults: Fault[] } {
  const { now, defaultCountry } = facts;
  const faults = unstorable(body);
  let left = without(
    body,
    faults.map((fault) => String(fault.field)),
  );
  // Each round takes at least one field out.
  for (let round = 0; round <= Object.keys(body).length; round += 1) {
    const form = parseForm(left, facts);
    if (form.faults.length > 0) {
      faults.push(...form.faults);
      left = without(
        left,
        form.faults.map((fault) => String(fault.field)),
      );
      continue;
    }
    try {
      return { data: prepareMember(form.data, { action: 'create', now, defaultCountry }), faults };
    } catch (error) {
      if (!(error instanceof TesseraError)) throw error;
      const field = (error.details as { field?: string } | undefined)?.field ?? '';
      faults.push({ code: REASONS[error.code] ?? 'bad-text', field });
      left = without(left, CONSENT.includes(field) ? CONSENT : [field]);
    }
  }
  return { data: {}, faults };
}
