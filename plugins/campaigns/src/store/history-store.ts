import type { Sql } from '@tessera/kernel/public';

/** Per resource: does a coupon refer to this document? */
const HISTORY = {
  'coupon-templates': 'SELECT EXISTS (SELECT 1 FROM tessera.coupon_issue WHERE template_id = $1) AS found',
  members: 'SELECT EXISTS (SELECT 1 FROM tessera.coupon WHERE member_id = $1) AS found',
} as const;

export type ResourceWithCoupons = keyof typeof HISTORY;

export const RESOURCES_WITH_COUPONS = Object.keys(HISTORY) as ResourceWithCoupons[];

export async function hasCoupons(sql: Sql, resource: ResourceWithCoupons, documentId: string): Promise<boolean> {
  const rows = await sql.query<{ found: boolean }>(HISTORY[resource], [documentId]);
  return rows[0]?.found ?? false;
}
