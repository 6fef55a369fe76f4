import type { Core } from '@strapi/strapi';
import { backoffice } from '@tessera/backoffice/public';
import { kernel } from '@tessera/kernel/public';
import { demandCouponArgs } from '../domain';
import { COUPON_ISSUE_RECORDS, COUPON_RECORDS } from '../store/coupon-records';
import { hasCoupons, RESOURCES_WITH_COUPONS } from '../store/history-store';
import { readTemplateKind } from '../store/template-store';

/** What a template must be, the lists of coupons, and which documents coupons hold on to. */
export function registerWithBackoffice(strapi: Core.Strapi): void {
  const office = backoffice(strapi);
  // Every write of a template, by whatever route: its arguments must be what its kind wants.
  office.addPreparation('api::coupon-template.coupon-template', async (data, { documentId }) => {
    if (data['args'] === undefined && data['kind'] === undefined) return data;
    const before = documentId ? await readTemplateKind(kernel(strapi).database, documentId) : null;
    const kind = data['kind'] ?? before?.kind ?? 'fixed';
    return { ...data, args: demandCouponArgs(String(kind), data['args'] ?? before?.args) };
  });
  office.addRecordResource(COUPON_RECORDS);
  office.addRecordResource(COUPON_ISSUE_RECORDS);
  for (const resource of RESOURCES_WITH_COUPONS) {
    office.addHistoryCheck(resource, (sql, documentId) => hasCoupons(sql, resource, documentId));
  }
}
