-- Why: a tier may be reached by topping up; what members top up is counted per day like what they spend (ADR 18).
-- check before: to_regclass('tessera.member_day') IS NOT NULL AND to_regprocedure('tessera.member_family(text)') IS NOT NULL
-- check after: EXISTS (SELECT FROM pg_attribute WHERE attrelid = 'tessera.member_day'::regclass AND attname = 'topped_up')
-- check after: pg_get_functiondef('tessera.tier_facts(text,date)'::regprocedure) LIKE '%topped_up%'
-- check after: pg_get_functiondef('tessera.count_visits(jsonb)'::regprocedure) LIKE '%topped_up%'

-- What stored value that was sold on the day cost, less what was taken back of it, whenever it was. What stands here already is counted
-- anew by checkout's 0011.
ALTER TABLE tessera.member_day ADD COLUMN topped_up bigint NOT NULL DEFAULT 0;

-- As in 0003; besides: what was topped up.
CREATE OR REPLACE FUNCTION tessera.tier_facts(member text, today date) RETURNS jsonb LANGUAGE plpgsql STABLE AS $$
DECLARE
  known tessera.tier_version;
  family text[];
BEGIN
  SELECT * INTO known FROM tessera.tier_version;
  IF known.days_back = 0 THEN
    RETURN NULL;
  END IF;
  family := tessera.member_family(member);
  RETURN jsonb_build_object('version', known.version,
    'recorded', (SELECT jsonb_build_object('id', h.id, 'tier', h.tier) FROM tessera.member_tier h
      WHERE h.member_id = member ORDER BY h.id DESC LIMIT 1),
    'given', (SELECT jsonb_build_object('tier', h.tier, 'until', to_char(h.holds_until AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
      FROM (SELECT DISTINCT ON (g.member_id) g.* FROM tessera.member_tier g
        WHERE g.member_id = ANY (family) AND g.cause IN ('given', 'withdrawn') ORDER BY g.member_id, g.id DESC) h
      LEFT JOIN public.tiers t ON t.code = h.tier
      WHERE h.cause = 'given' AND (h.member_id = member OR NOT EXISTS (SELECT FROM tessera.member_tier own
        JOIN tessera.member_alias a ON a.duplicate_id = h.member_id JOIN tessera.member_merge m ON m.id = a.merge_id
        WHERE own.member_id = member AND own.cause IN ('given', 'withdrawn') AND own.occurred_at >= m.merged_at))
      ORDER BY h.holds_until IS NOT NULL AND h.holds_until <= today, t.rank DESC NULLS LAST, h.id DESC LIMIT 1),
    'days', coalesce((SELECT jsonb_agg(jsonb_build_array(d.business_day, d.currency, d.spend, d.points, d.topped_up)) FROM (
        SELECT e.business_day, e.currency, sum(e.spend)::bigint AS spend, sum(e.points)::bigint AS points,
          sum(e.topped_up)::bigint AS topped_up FROM tessera.member_day e
        WHERE e.member_id = ANY (family) AND e.business_day > today - known.days_back GROUP BY e.business_day, e.currency) d), '[]'));
END $$;

-- As in 0002; besides: `toppedUp` of a transaction, which is left out when it is nothing.
CREATE OR REPLACE FUNCTION tessera.count_visits(transactions jsonb) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO tessera.member_day AS d (member_id, business_day, currency, spend, points, topped_up)
  SELECT t."memberId", coalesce(o.business_day, t."businessDay") AS day, t.currency, sum(t.payable - c.amount),
    coalesce(sum((t.points->>'earned')::bigint), 0), coalesce(sum(t."toppedUp"), 0)
  FROM jsonb_to_recordset(transactions) AS t (kind text, "memberId" text, "businessDay" date, currency text, payable bigint, points jsonb,
      lines jsonb, "toppedUp" bigint, "refundsTransactionId" uuid)
    CROSS JOIN LATERAL (SELECT coalesce(sum(a::bigint), 0) AS amount FROM (
      SELECT jsonb_path_query(t.lines, '$[*] ? (@.kind == "card-plan").amount') UNION ALL
      SELECT jsonb_path_query(t.lines, '$[*].adjustments[*] ? (@.source == "session").amount')) q (a)) c
    LEFT JOIN tessera.transaction o ON o.id = t."refundsTransactionId"
  WHERE t."memberId" IS NOT NULL AND coalesce(o.kind, t.kind) = 'sale'
  GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
  ON CONFLICT (member_id, business_day, currency) DO UPDATE SET spend = d.spend + excluded.spend, points = d.points + excluded.points,
    topped_up = d.topped_up + excluded.topped_up;
  IF jsonb_path_exists(transactions, '$[*].tier') THEN
    PERFORM tessera.record_tiers(jsonb_path_query_array(transactions, '$[*].tier'));
  END IF;
END $$;
