import { randomBytes } from 'node:crypto';
import { defineError, notFound, uuidV7 } from '@tessera/kernel/domain';
import { keyReused, requestHashOf } from '@tessera/kernel/public';
import type { BatchRequest, Issued, IssueRequest } from '../contracts';
import { bytesForCodes, couponCodes, couponDates } from '../domain';
import { issueCoupons, readActiveMembers } from '../store/issue-store';
import { readTemplateTerms } from '../store/template-store';
import type { Act, CouponDesk } from './desk';

const templateNotActive = defineError('coupon_template_not_active', 422, 'Coupons of this template are not issued');
const templateOver = defineError<{ validUntil: string }>(
  'coupon_template_over',
  422,
  ({ validUntil }) => `Coupons of this template ended at ${validUntil}`,
);
const nobodyToIssueTo = defineError('nobody_to_issue_to', 422, 'None of these members is active');

/** So often chance may name a code that exists. */
const MAX_TRIES = 5;

interface Wanted {
  kind: 'batch' | 'members';
  templateId: string;
  count: number;
  /** Null: whoever has the code. */
  memberIds: readonly string[] | null;
  reason: string;
  key: string;
  requestHash: string;
}

export interface IssueReply {
  issued: Issued;
  isReplay: boolean;
}

async function issue(desk: CouponDesk, { staff, now }: Act, wanted: Wanted): Promise<IssueReply> {
  const { kind, templateId, count, memberIds, reason, key, requestHash } = wanted;
  const decision = await desk.access.demand(staff, { permission: 'coupons.issue', now, amounts: { count } });
  const template = await readTemplateTerms(desk.database, templateId);
  if (!template) throw notFound({ what: 'coupon template', id: templateId });
  if (!template.isActive) throw templateNotActive(undefined);
  const { validFrom, validUntil } = couponDates(template, { now, timeZone: template.timeZone });
  if (validUntil !== null && validUntil <= validFrom) throw templateOver({ validUntil });
  const issued: Issued = { id: uuidV7(now, randomBytes(10)), templateId, count, validFrom, validUntil };
  const subject = { subjectType: 'coupon-issue', subjectId: issued.id, amount: count, reason };
  const request = {
    ...issued,
    key,
    requestHash,
    response: issued,
    terms: template.terms,
    kind,
    staffId: staff.id,
    staffName: staff.name,
    reason,
    issuedAt: now.toISOString(),
    audit: desk.access.auditRow({ staff, decision, ...subject }),
  };
  for (let attempt = 1; attempt <= MAX_TRIES; attempt++) {
    const codes = couponCodes(randomBytes(bytesForCodes(count)));
    const outcome = await issueCoupons(desk.database, request, codes, memberIds);
    if (outcome.kind === 'issued') return { issued, isReplay: false };
    if (outcome.kind === 'code-taken') continue;
    if (outcome.requestHash !== requestHash) throw keyReused(undefined);
    return { issued: outcome.response as Issued, isReplay: true };
  }
  throw new Error('no free coupon codes were found');
}

/**
 * `POST /api/campaigns/coupon-batches`: makes codes for whoever has them.
 * @throws forbidden and approval_required (403), not_found (404), coupon_template_not_active, coupon_template_over,
 * idempotency_key_reused (422)
 */
export function issueBatch(desk: CouponDesk, act: Act, request: BatchRequest, key: string): Promise<IssueReply> {
  const requestHash = requestHashOf('coupon batch', act.staff.id, request);
  return issue(desk, act, { ...request, kind: 'batch', memberIds: null, key, requestHash });
}

/**
 * `POST /api/campaigns/coupon-issues`: one coupon for each of these members who is active; one named twice is meant once.
 * @throws as `issueBatch`, and nobody_to_issue_to (422)
 */
export async function issueToMembers(
  desk: CouponDesk,
  act: Act,
  request: IssueRequest,
  key: string,
): Promise<IssueReply> {
  const requestHash = requestHashOf('coupon issue', act.staff.id, request);
  const { templateId, reason } = request;
  await desk.access.demand(act.staff, { permission: 'coupons.issue', now: act.now });
  const memberIds = await readActiveMembers(desk.database, request.memberIds);
  if (memberIds.length === 0) throw nobodyToIssueTo(undefined);
  return issue(desk, act, {
    kind: 'members',
    templateId,
    count: memberIds.length,
    memberIds,
    reason,
    key,
    requestHash,
  });
}
