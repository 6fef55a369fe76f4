import type { PermissionDefinition } from '@tessera/access/domain';

const COUPONS = {
  plugin: 'campaigns',
  module: { zh: '优惠券', en: 'Coupons' },
  // A coupon holds where its terms say, whatever store somebody works in.
  isStoreScoped: false,
  canBeApproved: false,
  needsReason: false,
  limits: [],
  fields: [],
} satisfies Partial<PermissionDefinition>;

/** What people may do with coupons, beside their templates, which are master data. */
export const COUPON_PERMISSIONS: PermissionDefinition[] = [
  {
    ...COUPONS,
    code: 'coupons.redeem',
    label: { zh: '核销优惠券', en: 'Redeem coupons' },
    risk: 'low',
    isStoreScoped: true,
  },
  {
    ...COUPONS,
    code: 'coupons.issue',
    label: { zh: '发放优惠券', en: 'Issue coupons' },
    risk: 'high',
    needsReason: true,
    canBeApproved: true,
    limits: [{ key: 'count', unit: 'count', label: { zh: '单次发放张数', en: 'Coupons at a time' } }],
  },
];
