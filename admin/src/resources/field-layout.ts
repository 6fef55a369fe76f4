import type { Field } from '@tessera/backoffice/contracts';
import { keyOf } from './schema';

/** Columns of a list until somebody chooses others; `title` is the name in the language of the screen. */
const COLUMNS: Record<string, readonly string[]> = {
  members: ['name', 'memberNo', 'phone', 'status', 'homeStoreId', 'tags', 'joinedAt'],
  products: ['title', 'sku', 'unitPrice', 'categoryId', 'taxClassId', 'active'],
  services: ['title', 'sku', 'unitPrice', 'durationMinutes', 'categoryId', 'active'],
  categories: ['title', 'code', 'colour', 'position', 'active'],
  'tax-classes': ['title', 'code', 'rate'],
  'points-programmes': ['title', 'code', 'redeemPoints', 'redeemValue', 'validity', 'active'],
  'earn-rules': ['title', 'code', 'kind', 'validFrom', 'validUntil', 'active'],
  tiers: ['title', 'rank', 'spendFrom', 'visitsFrom', 'discountRate', 'active'],
  'tier-prices': ['tierId', 'productId', 'serviceId', 'unitPrice', 'validFrom', 'validUntil', 'active'],
  gifts: ['title', 'code', 'points', 'counted', 'minimumTierId', 'validUntil', 'active'],
  'gift-handouts': ['number', 'giftId', 'memberName', 'memberNo', 'points', 'status', 'occurredAt', 'storeId'],
  'coupon-templates': ['title', 'code', 'kind', 'minimum', 'validUntil', 'validDays', 'active'],
  coupons: ['code', 'templateId', 'status', 'memberId', 'validUntil', 'issuedAt'],
  'coupon-issues': ['reason', 'templateId', 'kind', 'count', 'used', 'issuedAt', 'staffName'],
  'card-plans': ['title', 'sku', 'kind', 'unitPrice', 'bonus', 'sessionCount', 'active'],
  cards: ['number', 'memberName', 'memberNo', 'status', 'principal', 'bonus', 'sessions'],
  stores: ['title', 'code', 'currency', 'timeZone', 'phone', 'active'],
  tills: ['name', 'code', 'storeId', 'active'],
  staff: ['name', 'staffNo', 'storesIds', 'phone', 'active'],
  shifts: ['title', 'state', 'openedAt', 'holderName', 'expectedCash', 'countedCash', 'cashDifference'],
  transactions: ['number', 'occurredAt', 'kind', 'storeId', 'staffName', 'memberName', 'payable'],
  audit: ['at', 'staffName', 'action', 'effect', 'storeId', 'reason'],
};

const LARGE: readonly Field['type'][] = ['text', 'json', 'image'];
const COLUMN_COUNT = 7;

/** Names of the fields that a list shows at first. */
export function defaultColumns(resource: string, fields: readonly Field[], titleField: string): string[] {
  const wanted = (COLUMNS[resource] ?? []).map((name) => (name === 'title' ? titleField : name));
  const found = wanted.flatMap((key) => fields.find((field) => keyOf(field) === key)?.name ?? []);
  if (found.length > 1) return found;
  const plain = fields.filter((field) => !LARGE.includes(field.type)).map((field) => field.name);
  return plain.slice(0, COLUMN_COUNT);
}

/** Sections of forms and pages (`sections.<key>`), at most seven fields each. */
const SECTIONS: Record<string, readonly [key: string, fields: readonly string[]][]> = {
  members: [
    ['identity', ['memberNo', 'name', 'phone', 'birthday', 'gender']],
    ['membership', ['status', 'homeStoreId', 'joinedAt', 'source', 'tags', 'mergedIntoId']],
    ['consent', ['consentChannel', 'consentVersion', 'consentAt']],
    ['note', ['note']],
  ],
  products: [
    ['identity', ['sku', 'nameZh', 'nameEn', 'barcodes', 'image']],
    ['price', ['unitPrice', 'cost', 'taxClassId']],
    ['selling', ['categoryId', 'active']],
  ],
  services: [
    ['identity', ['sku', 'nameZh', 'nameEn', 'barcodes', 'image']],
    ['price', ['unitPrice', 'cost', 'taxClassId']],
    ['selling', ['durationMinutes', 'categoryId', 'active']],
  ],
  stores: [
    ['identity', ['code', 'nameZh', 'nameEn', 'active']],
    ['contact', ['address', 'phone', 'receiptFooter']],
    ['moneyAndTime', ['currency', 'cashRounding', 'needsOpenShift', 'paymentPinFrom', 'timeZone', 'dayCutoff']],
  ],
  'points-programmes': [
    ['identity', ['code', 'nameZh', 'nameEn', 'active']],
    ['redeeming', ['currency', 'redeemPoints', 'redeemValue', 'redeemMin', 'redeemStep', 'redeemMaxShare']],
    [
      'earning',
      ['earningTenders', 'pendingDays', 'validity', 'validityLength', 'capPerSale', 'capPerDay', 'whenSpent'],
    ],
  ],
  'earn-rules': [
    ['identity', ['code', 'nameZh', 'nameEn', 'active']],
    ['earning', ['kind', 'args']],
    ['when', ['validFrom', 'validUntil', 'storesIds']],
  ],
  tiers: [
    ['identity', ['code', 'nameZh', 'nameEn', 'rank', 'colour', 'active']],
    ['reaching', ['spendFrom', 'topUpFrom', 'currency', 'visitsFrom', 'pointsFrom', 'period', 'periodDays']],
    ['keeping', ['review', 'graceDays']],
    ['perks', ['discountRate', 'categoriesIds']],
    ['birthdayGift', ['birthdayPoints', 'birthdayPointsDays', 'birthdayCouponId', 'birthdayDaysBefore']],
  ],
  'tier-prices': [
    ['identity', ['name', 'tierId', 'productId', 'serviceId']],
    ['price', ['unitPrice', 'currency']],
    ['when', ['validFrom', 'validUntil', 'active']],
  ],
  gifts: [
    ['identity', ['code', 'nameZh', 'nameEn', 'image', 'active']],
    ['forPoints', ['points', 'counted', 'minimumTierId']],
    ['when', ['validFrom', 'validUntil', 'storesIds']],
    ['limits', ['limitPerMember', 'limitPeriod', 'limitPerMemberPerPeriod']],
  ],
  'coupon-templates': [
    ['identity', ['code', 'nameZh', 'nameEn', 'active']],
    ['benefit', ['kind', 'args', 'currency', 'minimum']],
    ['goods', ['productsIds', 'servicesIds', 'categoriesIds']],
    ['when', ['validFrom', 'validUntil', 'validDays', 'storesIds', 'weekdays', 'fromTime', 'untilTime']],
    ['combining', ['combinable', 'stackingGroup', 'onRefund']],
    ['limits', ['limitTotal', 'limitPerMember', 'limitPeriod', 'limitPerPeriod', 'limitPerMemberPerPeriod']],
  ],
  'card-plans': [
    ['identity', ['sku', 'nameZh', 'nameEn', 'kind', 'active']],
    ['price', ['unitPrice', 'validityDays']],
    ['topUpBonus', ['bonusKind', 'bonus', 'bonusInstalments', 'bonusCount', 'bonusCouponId', 'bonusPlanId']],
    ['storedValue', ['spendOrder', 'bonusEarnsPoints']],
    ['sessions', ['sessionCount', 'servicesIds']],
    ['timeCard', ['starts', 'usesLimit', 'usesPer', 'freezeDays', 'sharedWith', 'refundTerms']],
    ['package', ['partsIds']],
  ],
  staff: [
    ['identity', ['staffNo', 'name', 'userId', 'phone', 'active']],
    ['work', ['storesIds', 'skills']],
  ],
};

export interface FieldSection {
  key: string;
  fields: Field[];
}

/** Shares the fields out over the sections of the resource; what no section names stands in the last one. */
export function sectionsOf(resource: string, fields: readonly Field[]): FieldSection[] {
  const left = new Map(fields.map((field) => [keyOf(field), field]));
  const sections = (SECTIONS[resource] ?? []).map(([key, names]) => {
    const found = names.flatMap((name) => left.get(name) ?? []);
    for (const field of found) left.delete(keyOf(field));
    return { key, fields: found };
  });
  const hasOwn = sections.length > 0;
  return [...sections, { key: hasOwn ? 'more' : 'identity', fields: [...left.values()] }].filter(
    (section) => section.fields.length > 0,
  );
}
