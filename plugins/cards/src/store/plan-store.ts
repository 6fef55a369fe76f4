import type { Sql } from '@tessera/kernel/public';
import type { StoredPlan } from '../domain';

/** What of one plan a change may leave as it is. */
export async function readPlan(sql: Sql, documentId: string): Promise<StoredPlan | null> {
  const rows = await sql.query<StoredPlan>(
    `SELECT p.kind, p.session_count AS "sessionCount", p.validity_days AS "validityDays", p.uses_per AS "usesPer", p.uses_limit AS "usesLimit",
      ARRAY(SELECT q.kind FROM public.card_plans_parts_lnk k JOIN public.card_plans q ON q.id = k.inv_card_plan_id
        WHERE k.card_plan_id = p.id)::text[] AS "partKinds",
      p.bonus, p.bonus_kind AS "bonusKind", p.bonus_count AS "bonusCount", p.bonus_instalments AS "bonusInstalments",
      EXISTS (SELECT 1 FROM public.card_plans_bonus_coupon_lnk k WHERE k.card_plan_id = p.id) AS "hasBonusCoupon",
      (SELECT q.kind FROM public.card_plans_bonus_plan_lnk k JOIN public.card_plans q ON q.id = k.inv_card_plan_id
        WHERE k.card_plan_id = p.id) AS "bonusPlanKind"
    FROM public.card_plans p WHERE p.document_id = $1`,
    [documentId],
  );
  return rows[0] ?? null;
}

/** The kinds of these plans. */
export async function readKinds(sql: Sql, documentIds: readonly string[]): Promise<string[]> {
  const rows = await sql.query<{ kind: string }>('SELECT kind FROM public.card_plans WHERE document_id = ANY ($1)', [
    [...documentIds],
  ]);
  return rows.map(({ kind }) => kind);
}

/** Does a session card that was sold cover this service? */
export async function isServiceCovered(sql: Sql, documentId: string): Promise<boolean> {
  const rows = await sql.query<{ found: boolean }>(
    'SELECT EXISTS (SELECT 1 FROM tessera.card_lot WHERE $1 = ANY (service_ids)) AS found',
    [documentId],
  );
  return rows[0]?.found ?? false;
}

export async function isPlanSold(sql: Sql, documentId: string): Promise<boolean> {
  const rows = await sql.query<{ found: boolean }>(
    'SELECT EXISTS (SELECT 1 FROM tessera.card_lot WHERE $1 IN (plan_id, package_id)) AS found',
    [documentId],
  );
  return rows[0]?.found ?? false;
}
