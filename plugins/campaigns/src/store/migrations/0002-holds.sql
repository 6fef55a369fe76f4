-- Why: a coupon in the cart of one till is not promised to another one; and issuing 100,000 coupons is not slowed down by what their
-- issue says already (its terms, its template).
-- check before: to_regclass('tessera.coupon') IS NOT NULL
-- check after: to_regprocedure('tessera.hold_coupons(text,text[],timestamptz,timestamptz)') IS NOT NULL
-- check after: pg_get_functiondef('tessera.use_coupons(jsonb)'::regprocedure) LIKE '%held_until%'

ALTER TABLE tessera.coupon DROP CONSTRAINT coupon_terms_id_fkey;
DROP INDEX tessera.coupon_by_template;
-- The till that has it in its cart, and until when: ended by the sale, by clearing the cart, or by time.
ALTER TABLE tessera.coupon ADD COLUMN held_by text, ADD COLUMN held_until timestamptz;
ALTER TABLE tessera.coupon ADD CONSTRAINT held_for_a_time CHECK ((held_by IS NULL) = (held_until IS NULL) AND (held_by IS NULL OR state <> 'used'));
CREATE INDEX coupon_held ON tessera.coupon (held_by) WHERE held_by IS NOT NULL;

-- From now on the till holds exactly these coupons, as far as no other till does. Returns the codes that it holds.
CREATE FUNCTION tessera.hold_coupons(till text, codes text[], at timestamptz, until timestamptz) RETURNS text[] LANGUAGE plpgsql AS $$
DECLARE concerned bigint[];
BEGIN
  SELECT coalesce(array_agg(l.id), '{}') INTO concerned FROM (SELECT c.id FROM tessera.coupon c
    WHERE c.held_by = till OR c.code = ANY (codes) ORDER BY c.id FOR UPDATE) l;
  UPDATE tessera.coupon c SET held_by = NULL, held_until = NULL
    WHERE c.id = ANY (concerned) AND c.held_by = till AND c.code <> ALL (codes);
  UPDATE tessera.coupon c SET held_by = till, held_until = until
    WHERE c.id = ANY (concerned) AND c.code = ANY (codes) AND c.state = 'open' AND (c.held_by IS NULL OR c.held_by = till OR c.held_until <= at);
  RETURN ARRAY(SELECT c.code FROM tessera.coupon c WHERE c.id = ANY (concerned) AND c.held_by = till ORDER BY c.id);
END $$;

-- As in 0001; besides: which till holds a coupon.
CREATE OR REPLACE FUNCTION tessera.coupon_facts(codes text[], member text, at timestamptz, offered boolean) RETURNS jsonb
LANGUAGE plpgsql STABLE SET plan_cache_mode = force_generic_plan AS $$
DECLARE wanted bigint[] := ARRAY(SELECT c.id FROM tessera.coupon c WHERE c.code = ANY (codes));
BEGIN
  IF offered THEN
    wanted := wanted || ARRAY(SELECT c.id FROM tessera.coupon c WHERE c.member_id = member AND c.state = 'open'
      AND (c.valid_until IS NULL OR c.valid_until > at) AND c.id <> ALL (wanted) ORDER BY c.valid_until NULLS LAST, c.id LIMIT 30);
  END IF;
  IF cardinality(wanted) = 0 THEN
    RETURN NULL;
  END IF;
  RETURN jsonb_build_object(
    'coupons', (SELECT jsonb_agg(jsonb_build_object('id', c.id, 'code', c.code, 'memberId', c.member_id, 'state', c.state,
        'validFrom', to_char(c.valid_from AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
        'validUntil', to_char(c.valid_until AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
        'heldBy', CASE WHEN c.held_until > at THEN c.held_by END, 'terms', t.terms) ORDER BY w.place)
      FROM unnest(wanted) WITH ORDINALITY AS w (id, place) JOIN tessera.coupon c ON c.id = w.id
      JOIN tessera.coupon_terms t ON t.id = c.terms_id),
    'uses', coalesce((SELECT jsonb_agg(jsonb_build_object('templateId', k.template_id, 'memberId', k.member_id, 'period', k.period, 'used', k.used))
      FROM tessera.coupon_counter k
      WHERE k.template_id IN (SELECT c.template_id FROM tessera.coupon c WHERE c.id = ANY (wanted))
        AND k.member_id IN ('', coalesce(member, '')) AND (k.ends_on IS NULL OR k.ends_on >= (at AT TIME ZONE 'UTC')::date - 1)), '[]'));
END $$;

-- As in 0001; besides: a coupon that another till holds cannot be used, and a sale ends the hold.
CREATE OR REPLACE FUNCTION tessera.use_coupons(move jsonb) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  sale uuid := (move->>'transactionId')::uuid;
  member text := move->>'memberId';
  till text := move->>'tillId';
  at timestamptz := (move->>'occurredAt')::timestamptz;
  wanted bigint[] := ARRAY(SELECT (u.item->>'couponId')::bigint FROM jsonb_array_elements(move->'uses') AS u (item));
  problem record;
  raised int;
BEGIN
  IF move ? 'refunds' THEN
    PERFORM tessera.give_coupons_back(move);
    RETURN;
  END IF;
  PERFORM 1 FROM tessera.coupon c WHERE c.id = ANY (wanted) ORDER BY c.id FOR UPDATE;
  SELECT c.id, CASE WHEN c.state = 'used' THEN 'coupon_used' WHEN c.state = 'void' THEN 'coupon_void'
      WHEN c.member_id IS DISTINCT FROM member AND c.member_id IS NOT NULL THEN 'coupon_of_other_member' ELSE 'coupon_held' END AS reason
    INTO problem FROM tessera.coupon c
    WHERE c.id = ANY (wanted) AND (c.state <> 'open' OR (c.member_id IS NOT NULL AND c.member_id IS DISTINCT FROM member)
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
    SELECT k."templateId", k."memberId", k.period, min(k."endsOn") AS ends_on, count(*)::int AS uses, min(k.ceiling) AS ceiling
    FROM jsonb_array_elements(move->'uses') AS u (item),
      jsonb_to_recordset(u.item->'counters') AS k ("templateId" text, "memberId" text, period text, "endsOn" date, ceiling int)
    GROUP BY k."templateId", k."memberId", k.period
  ), raising AS (
    INSERT INTO tessera.coupon_counter AS k (template_id, member_id, period, ends_on, used, ceiling)
    SELECT c."templateId", c."memberId", c.period, c.ends_on, c.uses, c.ceiling FROM counted c ORDER BY 1, 2, 3
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
