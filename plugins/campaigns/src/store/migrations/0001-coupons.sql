-- Why: a coupon promises what its template said when it was issued, and is used once, whoever tries at the same moment (ADR 11).
-- check before: to_regprocedure('tessera.post_journals(jsonb)') IS NOT NULL AND to_regclass('public.coupon_templates') IS NOT NULL
-- check after: to_regprocedure('tessera.use_coupons(jsonb)') IS NOT NULL AND to_regprocedure('tessera.coupons_of_refund(uuid)') IS NOT NULL
-- check after: to_regprocedure('tessera.coupon_facts(text[],text,timestamptz,boolean)') IS NOT NULL

-- A template as it stood when coupons were issued: `CouponTerms` in plugins/campaigns/src/domain/terms.ts. Kept once, however many
-- coupons say the same.
CREATE TABLE tessera.coupon_terms (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  template_id text NOT NULL,
  digest text NOT NULL,
  terms jsonb NOT NULL,
  UNIQUE (template_id, digest)
);

-- Who issued coupons, when and why: a batch of codes for whoever has them, or one for each of some members.
CREATE TABLE tessera.coupon_issue (
  id uuid PRIMARY KEY,
  template_id text NOT NULL,
  terms_id bigint NOT NULL REFERENCES tessera.coupon_terms (id),
  kind text NOT NULL CHECK (kind IN ('batch', 'members')),
  count int NOT NULL CHECK (count > 0),
  valid_from timestamptz NOT NULL,
  valid_until timestamptz,
  staff_id bigint NOT NULL,
  staff_name text NOT NULL,
  reason text NOT NULL CHECK (reason <> ''),
  issued_at timestamptz NOT NULL,
  CHECK (valid_until > valid_from)
);
CREATE INDEX coupon_issue_by_template ON tessera.coupon_issue (template_id, issued_at);

-- One coupon. Whether it counts is judged at the instant, so nothing waits for a job.
CREATE TABLE tessera.coupon (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  code text NOT NULL UNIQUE CHECK (code ~ '^[0-9A-HJKMNP-TV-Z]{12}$'),
  template_id text NOT NULL,
  terms_id bigint NOT NULL REFERENCES tessera.coupon_terms (id),
  issue_id uuid NOT NULL REFERENCES tessera.coupon_issue (id),
  -- null: whoever has the code
  member_id text,
  valid_from timestamptz NOT NULL,
  valid_until timestamptz,
  state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'used', 'void')),
  -- the sale; a transaction has the id of its journal
  used_by uuid REFERENCES tessera.journal (id),
  CONSTRAINT used_by_a_sale CHECK ((state = 'used') = (used_by IS NOT NULL))
) WITH (fillfactor = 90);
CREATE INDEX coupon_of_member ON tessera.coupon (member_id, valid_until) WHERE member_id IS NOT NULL;
CREATE INDEX coupon_by_issue ON tessera.coupon (issue_id);
CREATE INDEX coupon_by_template ON tessera.coupon (template_id, id);

-- A coupon taken off a sale. `shares`: [{ lineNo, quantity, base, taken }]; `counters`: the counts that it raised.
CREATE TABLE tessera.coupon_use (
  transaction_id uuid NOT NULL REFERENCES tessera.journal (id),
  coupon_id bigint NOT NULL REFERENCES tessera.coupon (id),
  amount bigint NOT NULL CHECK (amount > 0),
  shares jsonb NOT NULL,
  counters jsonb NOT NULL,
  PRIMARY KEY (transaction_id, coupon_id)
);
CREATE INDEX coupon_use_by_coupon ON tessera.coupon_use (coupon_id);

-- What else happened to a coupon. Given back: by which refund, of which use; once.
CREATE TABLE tessera.coupon_event (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  coupon_id bigint NOT NULL REFERENCES tessera.coupon (id),
  kind text NOT NULL CHECK (kind IN ('claimed', 'given-back', 'voided')),
  occurred_at timestamptz NOT NULL,
  staff_id bigint NOT NULL,
  staff_name text NOT NULL,
  reason text,
  member_id text,
  refund_id uuid REFERENCES tessera.journal (id),
  use_id uuid,
  FOREIGN KEY (use_id, coupon_id) REFERENCES tessera.coupon_use (transaction_id, coupon_id),
  CHECK ((kind = 'given-back') = (use_id IS NOT NULL) AND (kind = 'given-back') = (refund_id IS NOT NULL)),
  CHECK (kind <> 'claimed' OR member_id IS NOT NULL),
  CHECK (kind <> 'voided' OR reason <> '')
);
CREATE INDEX coupon_event_by_coupon ON tessera.coupon_event (coupon_id);
CREATE UNIQUE INDEX given_back_once ON tessera.coupon_event (use_id, coupon_id) WHERE use_id IS NOT NULL;

-- How often coupons of a template were used: in all, by a member, in a period; rows only for limits that there are.
CREATE TABLE tessera.coupon_counter (
  template_id text NOT NULL,
  member_id text NOT NULL,
  period text NOT NULL,
  ends_on date,
  used int NOT NULL CHECK (used >= 0),
  -- of the coupon that was used last
  ceiling int NOT NULL,
  PRIMARY KEY (template_id, member_id, period),
  CONSTRAINT coupon_limit CHECK (used <= ceiling)
) WITH (fillfactor = 70);

SELECT tessera.keep_as_history('tessera.coupon_terms', 'tessera.coupon_issue', 'tessera.coupon_use', 'tessera.coupon_event');
CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE OF id, code, template_id, terms_id, issue_id, valid_from, valid_until ON tessera.coupon
  FOR EACH ROW EXECUTE FUNCTION tessera.refuse_change();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON tessera.coupon
  FOR EACH STATEMENT EXECUTE FUNCTION tessera.refuse_change();

-- What a price depends on: the coupons whose codes were given and, when offers are wanted, those that the member has, soonest end
-- first: `CouponHolding` in plugins/campaigns/src/domain/facts.ts; null when there are none. Planned once, as a list of unknown length
-- would have it planned anew for every sale.
CREATE FUNCTION tessera.coupon_facts(codes text[], member text, at timestamptz, offered boolean) RETURNS jsonb
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
        'heldBy', NULL, 'terms', t.terms) ORDER BY w.place)
      FROM unnest(wanted) WITH ORDINALITY AS w (id, place) JOIN tessera.coupon c ON c.id = w.id
      JOIN tessera.coupon_terms t ON t.id = c.terms_id),
    'uses', coalesce((SELECT jsonb_agg(jsonb_build_object('templateId', k.template_id, 'memberId', k.member_id, 'period', k.period, 'used', k.used))
      FROM tessera.coupon_counter k
      WHERE k.template_id IN (SELECT c.template_id FROM tessera.coupon c WHERE c.id = ANY (wanted))
        AND k.member_id IN ('', coalesce(member, '')) AND (k.ends_on IS NULL OR k.ends_on >= (at AT TIME ZONE 'UTC')::date - 1)), '[]'));
END $$;

-- Writes what a sale did to coupons, in the statement that books it: `CouponsMove` in plugins/campaigns/src/domain/booking.ts. The
-- coupons are locked in the order of their ids and then looked at again, so of many sales at once one has a coupon; counts come
-- after them, in the order of their keys. TC001: a coupon cannot be used any more, with { couponId, reason } as detail.
CREATE FUNCTION tessera.use_coupons(move jsonb) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  sale uuid := (move->>'transactionId')::uuid;
  member text := move->>'memberId';
  wanted bigint[] := ARRAY(SELECT (u.item->>'couponId')::bigint FROM jsonb_array_elements(move->'uses') AS u (item));
  problem record;
  raised int;
BEGIN
  IF move ? 'refunds' THEN
    PERFORM tessera.give_coupons_back(move);
    RETURN;
  END IF;
  PERFORM 1 FROM tessera.coupon c WHERE c.id = ANY (wanted) ORDER BY c.id FOR UPDATE;
  SELECT c.id, CASE WHEN c.state = 'used' THEN 'coupon_used' WHEN c.state = 'void' THEN 'coupon_void' ELSE 'coupon_of_other_member' END AS reason
    INTO problem FROM tessera.coupon c
    WHERE c.id = ANY (wanted) AND (c.state <> 'open' OR (c.member_id IS NOT NULL AND c.member_id IS DISTINCT FROM member)) ORDER BY c.id LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'coupon % cannot be used', problem.id USING ERRCODE = 'TC001',
      DETAIL = jsonb_build_object('couponId', problem.id, 'reason', problem.reason);
  END IF;
  UPDATE tessera.coupon c SET state = 'used', used_by = sale WHERE c.id = ANY (wanted);
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

-- A refund gives coupons back that its sale still holds; the sale is locked by `tessera.book_refund`, so no two give back the same.
CREATE FUNCTION tessera.give_coupons_back(move jsonb) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  sale uuid := (move->>'refunds')::uuid;
  wanted bigint[] := ARRAY(SELECT b::bigint FROM jsonb_array_elements_text(move->'givenBack') AS b ORDER BY 1);
  returned int;
BEGIN
  PERFORM 1 FROM tessera.coupon c WHERE c.id = ANY (wanted) ORDER BY c.id FOR UPDATE;
  UPDATE tessera.coupon c SET state = 'open', used_by = NULL WHERE c.id = ANY (wanted) AND c.used_by = sale;
  GET DIAGNOSTICS returned = ROW_COUNT;
  IF returned <> cardinality(wanted) THEN
    RAISE EXCEPTION 'sale % does not hold all of these coupons', sale USING ERRCODE = 'check_violation';
  END IF;
  INSERT INTO tessera.coupon_event (coupon_id, kind, occurred_at, staff_id, staff_name, member_id, refund_id, use_id)
  SELECT w.id, 'given-back', (move->>'occurredAt')::timestamptz, (move->>'staffId')::bigint, move->>'staffName', move->>'memberId',
    (move->>'transactionId')::uuid, sale FROM unnest(wanted) AS w (id);
  WITH counted AS MATERIALIZED (
    SELECT k."templateId", k."memberId", k.period, count(*)::int AS uses
    FROM tessera.coupon_use u, jsonb_to_recordset(u.counters) AS k ("templateId" text, "memberId" text, period text)
    WHERE u.transaction_id = sale AND u.coupon_id = ANY (wanted) GROUP BY 1, 2, 3
  ), locked AS MATERIALIZED (
    SELECT k.template_id, k.member_id, k.period, c.uses FROM tessera.coupon_counter k
    JOIN counted c ON c."templateId" = k.template_id AND c."memberId" = k.member_id AND c.period = k.period
    ORDER BY k.template_id, k.member_id, k.period FOR UPDATE OF k
  )
  UPDATE tessera.coupon_counter k SET used = k.used - l.uses FROM locked l
  WHERE k.template_id = l.template_id AND k.member_id = l.member_id AND k.period = l.period;
END $$;

-- Uses of a sale that stand, for its refund: `StandingUse` in plugins/campaigns/src/domain/refund-coupons.ts; null: none.
CREATE FUNCTION tessera.coupons_of_refund(sale uuid) RETURNS jsonb LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN (SELECT jsonb_agg(jsonb_build_object('couponId', c.id, 'onRefund', t.terms->>'onRefund',
      'minimum', (t.terms->>'minimum')::bigint, 'shares', u.shares) ORDER BY c.id)
    FROM tessera.coupon_use u JOIN tessera.coupon c ON c.id = u.coupon_id AND c.used_by = sale
    JOIN tessera.coupon_terms t ON t.id = c.terms_id WHERE u.transaction_id = sale);
END $$;

-- A template as it stands, for coupons that are issued now: its terms, when they hold, and the clock that their days go by (the first of
-- its stores, else the oldest there is).
CREATE FUNCTION tessera.coupon_template_terms(template text) RETURNS jsonb LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN (SELECT jsonb_build_object(
    'isActive', t.active AND NOT t.archived,
    'validFrom', to_char(t.valid_from AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
    'validUntil', to_char(t.valid_until AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
    'validDays', t.valid_days,
    'timeZone', coalesce((SELECT s.time_zone FROM public.coupon_templates_stores_lnk l JOIN public.stores s ON s.id = l.store_id
      WHERE l.coupon_template_id = t.id ORDER BY s.id LIMIT 1), (SELECT s.time_zone FROM public.stores s ORDER BY s.id LIMIT 1), 'UTC'),
    'terms', jsonb_build_object(
      'templateId', t.document_id, 'code', t.code, 'label', jsonb_build_object('zh', t.name_zh, 'en', t.name_en),
      'kind', t.kind, 'args', t.args, 'currency', t.currency, 'minimum', coalesce(t.minimum, 0),
      'goods', jsonb_build_object(
        'items', coalesce((SELECT jsonb_agg(i.document_id ORDER BY i.document_id) FROM (
          SELECT p.document_id FROM public.coupon_templates_products_lnk l JOIN public.products p ON p.id = l.product_id WHERE l.coupon_template_id = t.id
          UNION ALL
          SELECT s.document_id FROM public.coupon_templates_services_lnk l JOIN public.services s ON s.id = l.service_id WHERE l.coupon_template_id = t.id
        ) i), '[]'),
        'categories', coalesce((SELECT jsonb_agg(c.document_id ORDER BY c.document_id) FROM public.coupon_templates_categories_lnk l
          JOIN public.categories c ON c.id = l.category_id WHERE l.coupon_template_id = t.id), '[]')),
      'storeIds', coalesce((SELECT jsonb_agg(s.document_id ORDER BY s.document_id) FROM public.coupon_templates_stores_lnk l
        JOIN public.stores s ON s.id = l.store_id WHERE l.coupon_template_id = t.id), '[]'),
      'weekdays', coalesce((SELECT jsonb_agg(d::int ORDER BY d::int) FROM jsonb_array_elements_text(t.weekdays) AS d), '[]'),
      'hours', CASE WHEN t.from_time IS NOT NULL AND t.until_time IS NOT NULL
        THEN jsonb_build_object('from', t.from_time, 'until', t.until_time) END,
      'isCombinable', t.combinable, 'group', nullif(trim(t.stacking_group), ''),
      'limits', jsonb_build_object('total', t.limit_total, 'perMember', t.limit_per_member, 'period', t.limit_period,
        'perPeriod', t.limit_per_period, 'perMemberPerPeriod', t.limit_per_member_per_period),
      'onRefund', t.on_refund))
    FROM public.coupon_templates t WHERE t.document_id = template);
END $$;

-- Issues coupons, all or nothing: { key, requestHash, response, id, templateId, terms, kind, validFrom, validUntil, staffId, staffName,
-- reason, issuedAt, audit }; `codes` are theirs, `members` whose they are, in the same order (null: whoever has the code).
-- Returns { issued: true } or { answered: { requestHash, response } }. TC002: a code is taken already; it is asked again with others.
CREATE FUNCTION tessera.issue_coupons(request jsonb, codes text[], members text[]) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  answered jsonb := tessera.claim_key((request->>'key')::uuid, request->>'requestHash', request->'response');
  issue uuid := (request->>'id')::uuid;
  terms_of bigint;
  written int;
BEGIN
  IF answered IS NOT NULL THEN
    RETURN jsonb_build_object('answered', answered);
  END IF;
  INSERT INTO tessera.coupon_terms (template_id, digest, terms)
  VALUES (request->>'templateId', md5((request->'terms')::text), request->'terms') ON CONFLICT (template_id, digest) DO NOTHING;
  SELECT t.id INTO terms_of FROM tessera.coupon_terms t
    WHERE t.template_id = request->>'templateId' AND t.digest = md5((request->'terms')::text);
  INSERT INTO tessera.coupon_issue (id, template_id, terms_id, kind, count, valid_from, valid_until, staff_id, staff_name, reason, issued_at)
  VALUES (issue, request->>'templateId', terms_of, request->>'kind', cardinality(codes), (request->>'validFrom')::timestamptz,
    (request->>'validUntil')::timestamptz, (request->>'staffId')::bigint, request->>'staffName', request->>'reason',
    (request->>'issuedAt')::timestamptz);
  INSERT INTO tessera.coupon (code, template_id, terms_id, issue_id, member_id, valid_from, valid_until)
  SELECT c.code, request->>'templateId', terms_of, issue, members[c.place], (request->>'validFrom')::timestamptz,
    (request->>'validUntil')::timestamptz
  FROM unnest(codes) WITH ORDINALITY AS c (code, place) ON CONFLICT (code) DO NOTHING;
  GET DIAGNOSTICS written = ROW_COUNT;
  IF written <> cardinality(codes) THEN
    RAISE EXCEPTION 'a code is taken' USING ERRCODE = 'TC002';
  END IF;
  PERFORM tessera.record_audit(request->'audit');
  RETURN jsonb_build_object('issued', true);
END $$;
