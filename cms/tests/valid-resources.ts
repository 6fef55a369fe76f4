import { randomBytes } from 'node:crypto';
import type { Place } from './valid-requests';

const unique = () => randomBytes(4).toString('hex').toUpperCase();
const names = () => ({ nameZh: '样品', nameEn: 'Sample' });
const item = ({ taxClassId, categoryId }: Place) => ({
  sku: `X-${unique()}`,
  ...names(),
  unitPrice: 100,
  taxClassId,
  categoryId,
});

/** Resource of the back office → id of its row in the place, and what makes another one. */
export const RESOURCES: Record<
  string,
  { id: (place: Place) => string; make?: (place: Place) => object; change?: object }
> = {
  stores: {
    id: (place) => place.storeId,
    make: () => ({ code: `X-${unique()}`, ...names() }),
    change: { address: 'x' },
  },
  tills: {
    id: (place) => place.tillId,
    make: ({ storeId }) => ({ code: `X-${unique()}`, name: 'Till', storeId }),
    change: { name: 'x' },
  },
  members: {
    id: (place) => place.memberId,
    make: ({ storeId }) => ({ name: '张三', homeStoreId: storeId }),
    change: { name: 'x' },
  },
  products: { id: (place) => place.productId, make: item, change: { nameEn: 'x' } },
  services: {
    id: (place) => place.serviceId,
    make: (place) => ({ ...item(place), durationMinutes: 30 }),
    change: { nameEn: 'x' },
  },
  categories: {
    id: (place) => place.categoryId,
    make: () => ({ code: `X-${unique()}`, ...names() }),
    change: { nameEn: 'x' },
  },
  'tax-classes': {
    id: (place) => place.taxClassId,
    make: () => ({ code: `X-${unique()}`, ...names(), rate: 600 }),
    change: { nameEn: 'x' },
  },
  staff: {
    id: (place) => place.staffDocumentId,
    make: ({ storeId }) => ({ staffNo: `X${unique()}`, name: '李四', storesIds: [storeId] }),
    change: { name: 'x' },
  },
  'points-programmes': {
    id: (place) => place.programmeId,
    make: () => ({ code: `X-${unique()}`, ...names() }),
    change: { nameEn: 'x' },
  },
  'earn-rules': {
    id: (place) => place.ruleId,
    make: () => ({ code: `X-${unique()}`, ...names(), kind: 'per-visit', args: { points: 5 } }),
    change: { nameEn: 'x' },
  },
  'coupon-templates': {
    id: (place) => place.templateId,
    make: () => ({ code: `X-${unique()}`, ...names(), kind: 'fixed', args: { amount: 100 } }),
    change: { nameEn: 'x' },
  },
  gifts: {
    id: (place) => place.giftId,
    make: () => ({ code: `X-${unique()}`, ...names(), points: 100 }),
    change: { nameEn: 'x' },
  },
  'gift-handouts': { id: (place) => place.handoutId },
  'gift-stock': { id: (place) => place.giftStockId },
  'gift-stock-moves': { id: (place) => place.giftStockMoveId },
  coupons: { id: (place) => place.couponId },
  'coupon-issues': { id: (place) => place.issueId },
  'card-plans': {
    id: (place) => place.cardPlanId,
    make: () => ({ sku: `X-${unique()}`, ...names(), unitPrice: 50_000, bonus: 6_000 }),
    change: { nameEn: 'x' },
  },
  cards: { id: (place) => place.runId },
  tiers: {
    id: (place) => place.tierId,
    make: () => ({ code: `X-${unique()}`, ...names(), rank: 100 }),
    change: { nameEn: 'x' },
  },
  'tier-prices': {
    id: (place) => place.tierPriceId,
    make: ({ tierId, productId }) => ({ tierId, productId, unitPrice: 900 }),
    change: { unitPrice: 800 },
  },
  transactions: { id: (place) => place.transactionId },
  shifts: { id: (place) => place.shiftId },
  audit: { id: (place) => place.runId },
  imports: { id: (place) => place.runId },
};
