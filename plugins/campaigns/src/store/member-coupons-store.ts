import type { Sql } from '@tessera/kernel/public';
import { MEMBER_COUPON_LIMIT, type MemberCoupon } from '../contracts';
import { couponStatus } from './coupon-state';

const ENTRIES = `SELECT CASE i.kind WHEN 'birthday' THEN 'birthday-gift' ELSE 'issued' END AS kind, i.issued_at AS "occurredAt", i.staff_name AS "staffName",
    CASE WHEN i.kind <> 'birthday' THEN i.reason END AS reason, (SELECT g.transaction_id FROM tessera.coupon_grant g WHERE g.issue_id = i.id) AS "transactionId",
    NULL::bigint AS amount, 0 AS place
  FROM tessera.coupon_issue i WHERE i.id = c.issue_id
  UNION ALL
  SELECT 'used', j.occurred_at, coalesce((SELECT trim(concat_ws(' ', a.firstname, a.lastname)) FROM public.admin_users a WHERE a.id = j.staff_id), ''),
    NULL, u.transaction_id, u.amount, 1
  FROM tessera.coupon_use u JOIN tessera.journal j ON j.id = u.transaction_id WHERE u.coupon_id = c.id
  UNION ALL
  SELECT e.kind, e.occurred_at, e.staff_name, e.reason, e.refund_id, NULL, 2 FROM tessera.coupon_event e WHERE e.coupon_id = c.id`;

const COUPONS = {
  name: 'coupons-of-member',
  text: `SELECT c.id::text AS id, c.code, t.terms->'label' AS label, c.template_id AS "templateId", t.terms->>'currency' AS currency,
    ${couponStatus('c', '$2')} AS status, c.valid_from AS "validFrom", c.valid_until AS "validUntil",
    (SELECT json_agg(json_build_object('kind', e.kind, 'occurredAt', e."occurredAt", 'staffName', e."staffName", 'reason', e.reason,
      'transactionId', e."transactionId", 'amount', e.amount) ORDER BY e."occurredAt" DESC, e.place DESC) FROM (${ENTRIES}) e) AS entries
  FROM tessera.coupon c JOIN tessera.coupon_terms t ON t.id = c.terms_id WHERE c.member_id = ANY (tessera.member_family($1))
  ORDER BY c.state <> 'open' OR c.valid_until <= $2, c.valid_until NULLS LAST, c.id DESC LIMIT ${MEMBER_COUPON_LIMIT}`,
};

/** The member's coupons, those that can be used first. */
export async function readMemberCoupons(sql: Sql, memberId: string, now: Date): Promise<MemberCoupon[]> {
  const coupons = await sql.query<MemberCoupon>(COUPONS, [memberId, now]);
  return coupons.map((coupon) => ({
    ...coupon,
    entries: coupon.entries.map((entry) => ({ ...entry, occurredAt: new Date(entry.occurredAt).toISOString() })),
  }));
}

export async function isActiveMember(sql: Sql, memberId: string): Promise<boolean | undefined> {
  const rows = await sql.query<{ active: boolean }>(
    `SELECT m.status = 'active' AND NOT m.archived AS active FROM public.members m WHERE m.document_id = $1`,
    [memberId],
  );
  return rows[0]?.active;
}

/** Coupons that the member can use now or later. */
export async function countOpenCoupons(sql: Sql, memberId: string, now: Date): Promise<number> {
  const rows = await sql.query<{ open: number }>(
    `SELECT count(*)::int AS open FROM tessera.coupon c WHERE c.member_id = ANY (tessera.member_family($1)) AND c.state = 'open'
      AND (c.valid_until IS NULL OR c.valid_until > $2)`,
    [memberId, now],
  );
  return rows[0]?.open ?? 0;
}

/** In why these members got or lost coupons nobody is named any more: see `tessera.forget_texts`. */
export async function forgetInCoupons(sql: Sql, memberIds: readonly string[]): Promise<void> {
  const own = 'FROM tessera.coupon c WHERE c.member_id = ANY ($1)';
  const forget = "SELECT tessera.forget_texts($1::regclass, ARRAY['reason'], $2, $3)";
  await sql.query(forget, ['tessera.coupon_issue', `t.id IN (SELECT c.issue_id ${own})`, memberIds]);
  await sql.query(forget, ['tessera.coupon_event', `t.coupon_id IN (SELECT c.id ${own})`, memberIds]);
  const lines = `t.subject_id IN (SELECT c.issue_id::text ${own} UNION SELECT c.id::text ${own})`;
  await sql.query(forget, ['tessera.audit', lines, memberIds]);
}
