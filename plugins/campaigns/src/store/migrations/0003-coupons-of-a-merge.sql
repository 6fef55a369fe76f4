-- Why: coupons that were issued to a member under another number are his, and count towards his limits, once the two are one (ADR 13).
-- check before: to_regprocedure('tessera.member_family(text)') IS NOT NULL
-- check after: pg_get_functiondef('tessera.use_coupons(jsonb)'::regprocedure) LIKE '%member_family%'
-- check after: pg_get_functiondef('tessera.coupon_facts(text[],text,timestamptz,boolean)'::regprocedure) LIKE '%member_family%'

-- As in 0002; besides: what a member has and has used under any of his numbers.
CREATE OR REPLACE FUNCTION tessera.coupon_facts(codes text[], member text, at timestamptz, offered boolean) RETURNS jsonb
LANGUAGE plpgsql STABLE SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  wanted bigint[] := ARRAY(SELECT c.id FROM tessera.coupon c WHERE c.code = ANY (codes));
  family text[];
BEGIN
  IF member IS NOT NULL THEN
    family := tessera.member_family(member);
  END IF;
  IF offered THEN
    wanted := wanted || ARRAY(SELECT c.id FROM tessera.coupon c WHERE c.member_id = ANY (family) AND c.state = 'open'
      AND (c.valid_until IS NULL OR c.valid_until > at) AND c.id <> ALL (wanted) ORDER BY c.valid_until NULLS LAST, c.id LIMIT 30);
  END IF;
  IF cardinality(wanted) = 0 THEN
    RETURN NULL;
  END IF;
  RETURN jsonb_build_object(
    'coupons', (SELECT jsonb_agg(jsonb_build_object('id', c.id, 'code', c.code, 'memberId', CASE WHEN c.member_id = ANY (family) THEN member ELSE c.member_id END, 'state', c.state,
        'validFrom', to_char(c.valid_from AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
        'validUntil', to_char(c.valid_until AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
        'heldBy', CASE WHEN c.held_until > at THEN c.held_by END, 'terms', t.terms) ORDER BY w.place)
      FROM unnest(wanted) WITH ORDINALITY AS w (id, place) JOIN tessera.coupon c ON c.id = w.id
      JOIN tessera.coupon_terms t ON t.id = c.terms_id),
    'uses', coalesce((SELECT jsonb_agg(jsonb_build_object('templateId', u.template_id, 'memberId', u.member_id, 'period', u.period, 'used', u.used))
      FROM (SELECT k.template_id, CASE WHEN k.member_id = '' THEN '' ELSE member END AS member_id, k.period, sum(k.used) AS used
        FROM tessera.coupon_counter k WHERE k.template_id IN (SELECT c.template_id FROM tessera.coupon c WHERE c.id = ANY (wanted))
          AND (k.member_id = '' OR k.member_id = ANY (family)) AND (k.ends_on IS NULL OR k.ends_on >= (at AT TIME ZONE 'UTC')::date - 1)
        GROUP BY 1, 2, 3) u), '[]'));
END $$;

-- As in 0002; besides: coupons and uses under any number of the member are his.
CREATE OR REPLACE FUNCTION tessera.use_coupons(move jsonb) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  sale uuid := (move->>'transactionId')::uuid;
  member text := move->>'memberId';
  till text := move->>'tillId';
  at timestamptz := (move->>'occurredAt')::timestamptz;
  wanted bigint[] := ARRAY(SELECT (u.item->>'couponId')::bigint FROM jsonb_array_elements(move->'uses') AS u (item));
  family text[] := tessera.member_family(coalesce(member, ''));
  problem record;
  raised int;
BEGIN
  IF move ? 'refunds' THEN
    PERFORM tessera.give_coupons_back(move);
    RETURN;
  END IF;
  PERFORM 1 FROM tessera.coupon c WHERE c.id = ANY (wanted) ORDER BY c.id FOR UPDATE;
  SELECT c.id, CASE WHEN c.state = 'used' THEN 'coupon_used' WHEN c.state = 'void' THEN 'coupon_void'
      WHEN c.member_id <> ALL (family) THEN 'coupon_of_other_member' ELSE 'coupon_held' END AS reason
    INTO problem FROM tessera.coupon c
    WHERE c.id = ANY (wanted) AND (c.state <> 'open' OR c.member_id <> ALL (family)
      OR (c.held_until > at AND c.held_by <> till)) ORDER BY c.id LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'coupon % cannot be used', problem.id USING ERRCODE = 'TC001',
      DETAIL = jsonb_build_object('couponId', problem.id, 'reason', problem.reason);
  END IF;
  UPDATE tessera.coupon c SET state = 'used', used_by = sale, held_by = NULL, held_until = NULL WHERE c.id = ANY (wanted);
  INSERT INTO tessera.coupon_use (transaction_id, coupon_id, amount, shares, counters)
  SELECT sale, u."couponId", u.amount, u.shares, u.counters
  FROM jsonb_to_recordset(move->'uses') AS u ("couponId" bigint, amount bigint, shares jsonb, counters jsonb);

  WITH counted AS MATERIALIZED (
    SELECT k."templateId", k."memberId", k.period, min(k."endsOn") AS ends_on, count(*)::int AS uses, (min(k.ceiling)
      - CASE WHEN k."memberId" = '' THEN 0 ELSE coalesce((SELECT sum(o.used) FROM tessera.coupon_counter o WHERE o.template_id = k."templateId"
        AND o.period = k.period AND o.member_id = ANY (family) AND o.member_id <> k."memberId"), 0) END)::int AS ceiling
    FROM jsonb_array_elements(move->'uses') AS u (item),
      jsonb_to_recordset(u.item->'counters') AS k ("templateId" text, "memberId" text, period text, "endsOn" date, ceiling int)
    GROUP BY k."templateId", k."memberId", k.period
  ), raising AS (
    INSERT INTO tessera.coupon_counter AS k (template_id, member_id, period, ends_on, used, ceiling)
    SELECT c."templateId", c."memberId", c.period, c.ends_on, c.uses, c.ceiling FROM counted c WHERE c.uses <= c.ceiling ORDER BY 1, 2, 3
    ON CONFLICT (template_id, member_id, period) DO UPDATE SET used = k.used + excluded.used, ceiling = excluded.ceiling
      WHERE k.used + excluded.used <= excluded.ceiling
    RETURNING 1
  )
  SELECT (SELECT count(*) FROM counted) - (SELECT count(*) FROM raising) INTO raised;
  IF raised > 0 THEN
    RAISE EXCEPTION 'a limit of the coupons is reached' USING ERRCODE = 'TC001',
      DETAIL = jsonb_build_object('couponId', wanted[1], 'reason', 'coupon_limit_total');
  END IF;
END $$;
