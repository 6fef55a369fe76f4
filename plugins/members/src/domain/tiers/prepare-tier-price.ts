import { defineError } from '@tessera/kernel/domain';

export const badTierPrice = defineError<{ field: string; reason: string }>(
  'bad_tier_price',
  422,
  ({ field, reason }) => `${field}: ${reason}`,
);

/** What an entry of a price list is about: documentIds. */
export interface PricedBy {
  tierId: string | null;
  productId: string | null;
  serviceId: string | null;
}

/** An entry as it is stored. */
export interface StoredTierPrice extends PricedBy {
  validFrom: string | null;
  validUntil: string | null;
}

/** The document that a relation input of Strapi points to; null = none; undefined = it is not touched, or not named by its documentId. */
function targetOf(relation: unknown): string | null | undefined {
  if (relation === null) return null;
  if (typeof relation === 'string') return relation;
  if (Array.isArray(relation)) return relation.length === 0 ? null : targetOf(relation[0]);
  if (typeof relation !== 'object') return undefined;
  const { documentId, set, connect } = relation as Record<string, unknown>;
  return typeof documentId === 'string' ? documentId : targetOf(set ?? connect);
}

function instantOf(value: unknown): number | null {
  return typeof value === 'string' || value instanceof Date ? new Date(value).getTime() : null;
}

/**
 * What an entry is about once it is written. @param before as it is stored; null on a create
 * @throws bad_tier_price (422) when it is about no item or two, or ends before it begins
 */
export function prepareTierPrice(data: Record<string, unknown>, before: StoredTierPrice | null): PricedBy {
  function after(relation: string, stored: string | null | undefined): string | null {
    const target = targetOf(data[relation]);
    return target === undefined ? (stored ?? null) : target;
  }
  const [productId, serviceId] = [after('product', before?.productId), after('service', before?.serviceId)];
  if ((productId === null) === (serviceId === null)) {
    throw badTierPrice({
      field: productId === null ? 'productId' : 'serviceId',
      reason: 'a price is of one product or one service',
    });
  }
  const ends = (field: 'validFrom' | 'validUntil') => instantOf(field in data ? data[field] : before?.[field]);
  const [from, until] = [ends('validFrom'), ends('validUntil')];
  if (from !== null && until !== null && until <= from) {
    throw badTierPrice({ field: 'validUntil', reason: 'it ends before it begins' });
  }
  return { tierId: after('tier', before?.tierId), productId, serviceId };
}
