import type { Sql } from '@tessera/kernel/public';
import type { Programme, StoredRule } from '../domain';

/** One programme is active at a time (`one_active_programme`). Read in one statement, so both belong to the same moment. */
const RULES = {
  name: 'points-rules',
  text: `SELECT
    (SELECT json_build_object('code', p.code, 'currency', p.currency, 'redeemPoints', p.redeem_points, 'redeemValue', p.redeem_value,
      'redeemMin', p.redeem_min, 'redeemStep', p.redeem_step, 'redeemMaxShare', p.redeem_max_share, 'pendingDays', p.pending_days,
      'validity', p.validity, 'validityLength', p.validity_length, 'earningTenders', coalesce(p.earning_tenders, '[]'),
      'capPerSale', p.cap_per_sale, 'capPerDay', p.cap_per_day, 'whenSpent', p.when_spent)
      FROM public.points_programmes p WHERE p.active AND NOT p.archived LIMIT 1) AS programme,
    coalesce((SELECT json_agg(json_build_object('code', r.code, 'nameZh', r.name_zh, 'nameEn', r.name_en, 'kind', r.kind, 'args', r.args,
      'validFrom', to_char(r.valid_from AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
      'validUntil', to_char(r.valid_until AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
      'storeIds', coalesce((SELECT json_agg(s.document_id) FROM public.earn_rules_stores_lnk l JOIN public.stores s ON s.id = l.store_id
        WHERE l.earn_rule_id = r.id), '[]')) ORDER BY r.code)
      FROM public.earn_rules r WHERE r.active AND NOT r.archived), '[]') AS rules`,
};

export interface StoredRules {
  programme: Programme | null;
  rules: StoredRule[];
}

export async function readRules(sql: Sql): Promise<StoredRules> {
  const rows = await sql.query<StoredRules>(RULES);
  return rows[0] as StoredRules;
}

/** Kind and arguments of one rule, for a change that names only one of them. */
export async function readRuleOf(sql: Sql, documentId: string): Promise<{ kind: string; args: unknown } | null> {
  const rows = await sql.query<{ kind: string; args: unknown }>(
    'SELECT kind, args FROM public.earn_rules WHERE document_id = $1',
    [documentId],
  );
  return rows[0] ?? null;
}
