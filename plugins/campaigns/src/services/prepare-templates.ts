import type { Core } from '@strapi/strapi';
import { backoffice } from '@tessera/backoffice/public';
import { kernel } from '@tessera/kernel/public';
import { demandCouponArgs } from '../domain';
import { readTemplateKind } from '../store/template-store';

/** Every write of a coupon template, by whatever route: its arguments must be what its kind wants. */
export function prepareCouponTemplates(strapi: Core.Strapi): void {
  backoffice(strapi).addPreparation('api::coupon-template.coupon-template', async (data, { documentId }) => {
    if (data['args'] === undefined && data['kind'] === undefined) return data;
    const before = documentId ? await readTemplateKind(kernel(strapi).database, documentId) : null;
    const kind = data['kind'] ?? before?.kind ?? 'fixed';
    return { ...data, args: demandCouponArgs(String(kind), data['args'] ?? before?.args) };
  });
}
