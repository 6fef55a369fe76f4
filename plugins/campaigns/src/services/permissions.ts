import type { PermissionDefinition } from '@tessera/access/domain';
import type { RecordResource } from '@tessera/backoffice/public';
import { COUPON_ISSUE_RECORDS, COUPON_RECORDS } from '../store/coupon-records';

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

/** Columns of a list and its detail that somebody may be shown or not. */
function fieldsOf({ fields }: RecordResource): PermissionDefinition['fields'] {
  return fields.map(({ name, isPersonal = false }) => ({ name, isPersonal }));
}

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
    code: 'coupons.view',
    label: { zh: '查看优惠券', en: 'See coupons' },
    risk: 'low',
    fields: fieldsOf(COUPON_RECORDS),
  },
  {
    ...COUPONS,
    code: 'coupon-issues.view',
    label: { zh: '查看发放记录', en: 'See what was issued' },
    risk: 'low',
    fields: fieldsOf(COUPON_ISSUE_RECORDS),
  },
  {
    ...COUPONS,
    code: 'coupons.claim',
    label: { zh: '把券码记入会员名下', en: 'Give a code to a member' },
    risk: 'low',
  },
  {
    ...COUPONS,
    code: 'coupons.void',
    label: { zh: '作废优惠券', en: 'Void coupons' },
    risk: 'high',
    needsReason: true,
  },
  {
    ...COUPONS,
    code: 'coupons.export',
    label: { zh: '下载券码', en: 'Download codes' },
    risk: 'high',
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
