import type { Core } from '@strapi/strapi';
import { access, type Staff } from '@tessera/access/public';
import { mask } from '@tessera/backoffice/domain';
import { kernel } from '@tessera/kernel/public';
import type { MemberHit } from '../contracts';
import { planLookup } from '../domain/plan-lookup';
import { findMembers, LOOKUP_FIELDS, type FoundMember, type LookupField } from '../store/lookup-store';
import { defaultCountry } from './settings';

type Visible = Record<string, 'clear' | 'masked'>;

const MASKS = { phone: 'phone', birthday: 'date', name: 'name' } as const;

function show(field: LookupField, value: unknown, visibility: 'clear' | 'masked'): unknown {
  if (visibility === 'masked') {
    if (field === 'tags') return null;
    return mask(field in MASKS ? MASKS[field as keyof typeof MASKS] : 'text', value);
  }
  return value instanceof Date ? value.toISOString() : (value ?? null);
}

function toHit(found: FoundMember, fields: readonly LookupField[], read: Visible): MemberHit {
  const entries = fields.map((field) => [field, show(field, found[field], read[field] ?? 'masked')]);
  return { id: found.id, ...(Object.fromEntries(entries) as Omit<MemberHit, 'id'>) };
}

/**
 * Members that fit what was typed or scanned, best first, at most 20; only the fields the person may see, masked ones
 * masked. A name or number is searched only where it is shown in clear; a phone also where it is masked (`planLookup`).
 * @throws forbidden (403)
 */
export async function lookUp(strapi: Core.Strapi, staff: Staff, query: string, now: Date): Promise<MemberHit[]> {
  const { read } = await access(strapi).demand(staff, { permission: 'members.lookup', now });
  const steps = planLookup(query, {
    defaultCountry: defaultCountry(strapi),
    searchable: {
      memberNo: read.memberNo === 'clear',
      name: read.name === 'clear',
      phone: read.phone !== undefined,
    },
  });
  if (steps.length === 0) return [];
  const fields = LOOKUP_FIELDS.filter((field) => read[field] !== undefined);
  const found = await findMembers(kernel(strapi).database, steps, fields);
  return found.map((member) => toHit(member, fields, read));
}
