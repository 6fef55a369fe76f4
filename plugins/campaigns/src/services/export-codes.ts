import { notFound } from '@tessera/kernel/domain';
import { spelledCouponCode } from '../domain';
import { hasIssue, readCodes } from '../store/coupon-store';
import type { Act, CouponDesk } from './desk';

/**
 * `GET /api/campaigns/coupon-issues/{id}/codes.csv`: every code, which is as good as what it takes off; so each download is on the
 * trail. No cell can be a formula: codes, statuses and instants begin with letters and digits.
 * @throws forbidden (403), not_found (404)
 */
export async function exportCodes(desk: CouponDesk, { staff, now }: Act, issueId: string): Promise<string> {
  const decision = await desk.access.demand(staff, { permission: 'coupons.export', now });
  if (!(await hasIssue(desk.database, issueId))) throw notFound({ what: 'coupon issue', id: issueId });
  const codes = await readCodes(desk.database, issueId, now);
  const subject = { subjectType: 'coupon-issue', subjectId: issueId, amount: codes.length };
  await desk.access.record(desk.database, { staff, decision, ...subject });
  const rows = codes.map(({ code, status, validFrom, validUntil }) =>
    [spelledCouponCode(code), status, validFrom, validUntil ?? ''].join(','),
  );
  return ['code,status,valid_from,valid_until', ...rows, ''].join('\r\n');
}
