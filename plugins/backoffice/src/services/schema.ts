import type { Access, Staff } from '@tessera/access/public';
import type { Field, Resource } from '../contracts';
import type { ListField, ResourceField } from '../domain/resource';
import { isRelation } from '../domain/resource';
import { createViewer } from './viewer';
import type { DocumentListing, Listing, Listings } from './listings';

const VALUE_LIMITS = ['maxLength', 'min', 'max', 'pattern', 'default', 'emptyMeansAll'] as const;

function isResourceField(field: ListField): field is ResourceField {
  return 'isRequired' in field;
}

function limitsOf(field: ListField): Partial<Field> {
  if (!isResourceField(field)) return {};
  const given = VALUE_LIMITS.filter((key) => field[key] !== undefined).map((key) => [key, field[key]]);
  return Object.fromEntries(given) as Partial<Field>;
}

/** The resources and fields that this person may see, and which of them he may set. */
export function createSchema(access: Access, listings: Listings) {
  return (staff: Staff, now: Date): Resource[] => {
    const viewer = createViewer(access, listings, staff, now);

    function writable(listing: Listing): Set<string> {
      if (!('definition' in listing)) return new Set();
      const { permission } = (listing as DocumentListing).definition;
      const acts = ['create', 'change'].map((act) => access.decide(staff, { permission: `${permission}.${act}`, now }));
      return new Set(acts.flatMap((decision) => (decision.effect === 'allow' ? decision.write : [])));
    }
    function describe(listing: Listing, field: ListField, visibility: Field['visibility'], isWritable: boolean): Field {
      const isClear = viewer.isClear(listing, field.name);
      const reference = isRelation(field) ? listings.referenceOf(field) : undefined;
      return {
        name: field.name,
        type: field.type,
        label: field.label,
        ...(field.unit ? { unit: field.unit } : {}),
        ...(field.options ? { options: field.options } : {}),
        ...(reference ? { reference } : {}),
        isRequired: isResourceField(field) && field.isRequired,
        isSortable: field.isSortable && isClear,
        isFilterable: field.isFilterable && isClear,
        isPersonal: field.isPersonal,
        isWritable,
        visibility,
        ...limitsOf(field),
      };
    }
    return listings.all().flatMap((listing): Resource[] => {
      const { resource, label, permission, title } = listing;
      const decision = access.decide(staff, { permission: `${permission}.view`, now });
      if (decision.effect !== 'allow') return [];
      const loadable = viewer.fieldsToLoad(listing, decision.rows);
      const settable = writable(listing);
      const fields = listing.fields.flatMap((field) => {
        const visibility = decision.read[field.name];
        return visibility && loadable.has(field.name)
          ? [describe(listing, field, visibility, settable.has(field.name))]
          : [];
      });
      return [{ resource, label, permission, isEditable: 'definition' in listing, title, fields }];
    });
  };
}
