import type { Sql } from '@tessera/kernel/public';
import { couponStatus } from './coupon-state';

export interface LockedCoupon {
  id: number;
  memberId: string | null;
  status: 'usable' | 'upcoming' | 'used' | 'expired' | 'void';
  validUntil: string | null;
}

const COLUMNS = `c.id, c.member_id AS "memberId", ${couponStatus('c', '$2')} AS status, c.valid_until AS "validUntil"`;

/** Whoever uses, claims or voids it at this moment is waited for. */
export async function lockCouponByCode(sql: Sql, code: string, now: Date): Promise<LockedCoupon | undefined> {
  const rows = await sql.query<LockedCoupon>(`SELECT ${COLUMNS} FROM tessera.coupon c WHERE c.code = $1 FOR UPDATE`, [
    code,
    now,
  ]);
  return rows[0];
}

export async function lockCoupon(sql: Sql, id: string, now: Date): Promise<LockedCoupon | undefined> {
  const rows = await sql.query<LockedCoupon>(`SELECT ${COLUMNS} FROM tessera.coupon c WHERE c.id = $1 FOR UPDATE`, [
    id,
    now,
  ]);
  return rows[0];
}

interface Event {
  now: Date;
  staff: { id: string; name: string };
}

export async function bindCoupon(sql: Sql, id: number, memberId: string, { now, staff }: Event): Promise<void> {
  await sql.query('UPDATE tessera.coupon SET member_id = $2 WHERE id = $1', [id, memberId]);
  await sql.query(
    `INSERT INTO tessera.coupon_event (coupon_id, kind, occurred_at, staff_id, staff_name, member_id) VALUES ($1, 'claimed', $2, $3, $4, $5)`,
    [id, now, staff.id, staff.name, memberId],
  );
}

const VOID = `WITH ended AS (UPDATE tessera.coupon c SET state = 'void' WHERE c.id = ANY (ARRAY(
      SELECT o.id FROM tessera.coupon o WHERE o.state = 'open' AND (o.id = $1 OR o.issue_id = $2) ORDER BY o.id FOR UPDATE))
      AND c.state = 'open' RETURNING c.id, c.member_id),
    told AS (INSERT INTO tessera.coupon_event (coupon_id, kind, occurred_at, staff_id, staff_name, reason, member_id)
      SELECT e.id, 'voided', $3, $4, $5, $6, e.member_id FROM ended e RETURNING 1)
  SELECT count(*)::int AS voided FROM told`;

/** Ends one coupon, or all unused ones of an issue. @returns how many */
export async function voidCoupons(
  sql: Sql,
  of: { couponId: number } | { issueId: string },
  { now, staff, reason }: Event & { reason: string },
): Promise<number> {
  const [couponId, issueId] = 'couponId' in of ? [of.couponId, null] : [null, of.issueId];
  const rows = await sql.query<{ voided: number }>(VOID, [couponId, issueId, now, staff.id, staff.name, reason]);
  return rows[0]?.voided ?? 0;
}

export async function hasIssue(sql: Sql, issueId: string): Promise<boolean> {
  const rows = await sql.query<{ found: boolean }>(
    'SELECT EXISTS (SELECT 1 FROM tessera.coupon_issue WHERE id = $1) AS found',
    [issueId],
  );
  return rows[0]?.found ?? false;
}

export interface ExportedCode {
  code: string;
  status: LockedCoupon['status'];
  validFrom: string;
  validUntil: string | null;
}

/** Every code of an issue, in the order in which they were made. */
export function readCodes(sql: Sql, issueId: string, now: Date): Promise<ExportedCode[]> {
  return sql.query<ExportedCode>(
    `SELECT c.code, ${couponStatus('c', '$2')} AS status, c.valid_from AS "validFrom", c.valid_until AS "validUntil"
    FROM tessera.coupon c WHERE c.issue_id = $1 ORDER BY c.id`,
    [issueId, now],
  );
}
