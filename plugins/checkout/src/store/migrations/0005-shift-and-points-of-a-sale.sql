-- Why: a sale joins the open shift of its till, and what it earns and redeems is written by the statement that books it, or not at all
-- (ADR 7, ADR 8). The rows of a transaction get a function of their own, so that what else a sale moves can be added beside it.
-- check before: to_regprocedure('tessera.move_points(jsonb)') IS NOT NULL AND to_regprocedure('tessera.join_shifts(jsonb)') IS NOT NULL
-- check after: to_regprocedure('tessera.write_transactions(jsonb,text)') IS NOT NULL
-- check after: to_regprocedure('tessera.categories_of(text[])') IS NOT NULL
-- check after: pg_get_functiondef('tessera.book_transactions(jsonb)'::regprocedure) LIKE '%move_points%'

-- Categories of items: { sku: documentId }. Apart from the load of a sale, and planned once: for a list of unknown length PostgreSQL
-- guesses such costs that it planned the whole load anew for every sale (measured: 2.9 ms of 6).
CREATE FUNCTION tessera.categories_of(skus text[]) RETURNS jsonb LANGUAGE plpgsql STABLE SET plan_cache_mode = force_generic_plan AS $$
BEGIN
  RETURN (SELECT coalesce(jsonb_object_agg(i.sku, c.document_id), '{}') FROM (
      SELECT s.sku, k.category_id FROM public.services s JOIN public.services_category_lnk k ON k.service_id = s.id WHERE s.sku = ANY (skus)
      UNION ALL
      SELECT p.sku, k.category_id FROM public.products p JOIN public.products_category_lnk k ON k.product_id = p.id WHERE p.sku = ANY (skus)
    ) i JOIN public.categories c ON c.id = i.category_id);
END $$;

-- Numbers and writes transactions with their lines and payments, each in the open shift of its till unless it was imported (`origin`).
-- Returns [{ id, number }] in the order given.
CREATE FUNCTION tessera.write_transactions(wanted jsonb, origin text) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE booked jsonb;
BEGIN
  WITH given AS MATERIALIZED (
    SELECT * FROM ROWS FROM (jsonb_to_recordset(wanted) AS (id uuid, kind text, "tillCode" text, "storeId" text, "tillId" text,
      "staffId" bigint, "staffName" text, "memberId" text, "businessDay" date, "occurredAt" timestamptz, currency text,
      "listAmount" bigint, discount bigint, tax bigint, payable bigint, "payableInCash" bigint, rounding bigint, paid bigint,
      change bigint, methods text[], "refundsTransactionId" uuid, "sourceRef" text)) WITH ORDINALITY AS t (id, kind, till_code,
      store_id, till_id, staff_id, staff_name, member_id, business_day, occurred_at, currency, list_amount, discount, tax, payable,
      payable_in_cash, rounding, paid, change, methods, refunds_transaction_id, source_ref, place)
  ), counted AS (
    INSERT INTO tessera.transaction_counter AS c (till_code, business_day, till_id, last_number)
    SELECT g.till_code, g.business_day, min(g.till_id), count(*) FROM given g
    GROUP BY g.till_code, g.business_day ORDER BY g.till_code, g.business_day
    ON CONFLICT (till_code, business_day) DO UPDATE SET last_number = c.last_number + excluded.last_number
    RETURNING c.till_code, c.business_day, coalesce(old.last_number, 0) AS last_before
  ), numbered AS (
    INSERT INTO tessera.transaction (id, number, kind, store_id, till_id, staff_id, staff_name, member_id, business_day, occurred_at,
      currency, list_amount, discount, tax, payable, payable_in_cash, rounding, paid, change, methods, refunds_transaction_id,
      source, source_ref, shift_id)
    SELECT g.id, g.till_code || to_char(g.business_day, '-YYMMDD-')
        || c.last_before + row_number() OVER (PARTITION BY g.till_code, g.business_day ORDER BY g.place),
      g.kind, g.store_id, g.till_id, g.staff_id, g.staff_name, g.member_id, g.business_day, g.occurred_at, g.currency, g.list_amount,
      g.discount, g.tax, g.payable, g.payable_in_cash, g.rounding, g.paid, g.change, g.methods, g.refunds_transaction_id,
      origin, g.source_ref, s.id
    FROM given g JOIN counted c USING (till_code, business_day)
    LEFT JOIN tessera.shift s ON s.till_id = g.till_id AND s.closed_at IS NULL AND s.currency = g.currency AND origin IS NULL
    ORDER BY g.place
    RETURNING id, number
  )
  SELECT coalesce(jsonb_agg(jsonb_build_object('id', n.id, 'number', n.number) ORDER BY g.place), '[]') INTO booked
  FROM numbered n JOIN given g USING (id);

  INSERT INTO tessera.transaction_line (transaction_id, line_no, item_id, sku, kind, name_zh, name_en, quantity, list_unit_price,
    list_amount, adjustments, amount, tax_rate, tax_amount, staff_ids)
  SELECT (t.item->>'id')::uuid, l."lineNo", l."itemId", l.sku, l.kind, l."nameZh", l."nameEn", l.quantity, l."listUnitPrice",
    l."listAmount", coalesce(l.adjustments, '[]'), l.amount, l."taxRate", l."taxAmount", coalesce(l."staffIds", '{}')
  FROM jsonb_array_elements(wanted) AS t (item),
    jsonb_to_recordset(t.item->'lines') AS l ("lineNo" int, "itemId" text, sku text, kind text, "nameZh" text, "nameEn" text,
      quantity int, "listUnitPrice" bigint, "listAmount" bigint, adjustments jsonb, amount bigint, "taxRate" int, "taxAmount" bigint,
      "staffIds" text[]);

  INSERT INTO tessera.payment (transaction_id, entry, method, amount, received, change, reference)
  SELECT (t.item->>'id')::uuid, p.entry, p.method, p.amount, p.received, coalesce(p.change, 0), p.reference
  FROM jsonb_array_elements(wanted) AS t (item),
    ROWS FROM (jsonb_to_recordset(t.item->'payments') AS (method text, amount bigint, received bigint, change bigint, reference text))
      WITH ORDINALITY AS p (method, amount, received, change, reference, entry);
  RETURN booked;
END $$;

-- 0001 says what it takes. Besides: what was not imported joins the open shift of its till, `needsShift` of a transaction makes that
-- a condition (TS001); `points` of a transaction is `PointsMove` in plugins/points.
CREATE OR REPLACE FUNCTION tessera.book_transactions(request jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  wanted jsonb := request->'transactions';
  origin text := request->>'source';
  answered jsonb;
  booked jsonb;
BEGIN
  IF request ? 'idempotency' THEN
    answered := tessera.claim_key((request->'idempotency'->>'key')::uuid, request->'idempotency'->>'requestHash',
      request->'idempotency'->'response');
    IF answered IS NOT NULL THEN
      RETURN jsonb_build_object('answered', answered);
    END IF;
  END IF;

  IF origin IS NULL THEN
    PERFORM tessera.join_shifts(wanted);
  ELSE
    wanted := (SELECT coalesce(jsonb_agg(t.item ORDER BY t.place), '[]')
      FROM jsonb_array_elements(wanted) WITH ORDINALITY AS t (item, place)
      WHERE NOT EXISTS (SELECT 1 FROM tessera.transaction k WHERE k.source = origin AND k.source_ref = t.item->>'sourceRef'));
  END IF;

  booked := tessera.write_transactions(wanted, origin);
  PERFORM tessera.post_journals(jsonb_path_query_array(wanted, '$[*].journal'));
  -- the accounts of their members are locked now
  IF jsonb_path_exists(wanted, '$[*].points') THEN
    PERFORM tessera.move_points(t.item->'points') FROM jsonb_array_elements(wanted) AS t (item) WHERE t.item ? 'points';
  END IF;

  IF request ? 'heldCart' THEN
    UPDATE tessera.held_cart SET transaction_id = (wanted->0->>'id')::uuid, ended_at = coalesce(ended_at, now()),
      ended_by = coalesce(ended_by, (request->'heldCart'->>'staffId')::bigint), outcome = coalesce(outcome, 'resumed')
    WHERE id = (request->'heldCart'->>'id')::uuid AND transaction_id IS NULL AND outcome IS DISTINCT FROM 'discarded';
    IF NOT FOUND THEN
      RAISE EXCEPTION 'the held cart is gone' USING ERRCODE = 'object_not_in_prerequisite_state';
    END IF;
  END IF;
  IF request ? 'audits' THEN
    PERFORM tessera.record_audit(a.entry) FROM jsonb_array_elements(request->'audits') AS a (entry);
  END IF;
  IF request ? 'outbox' THEN
    INSERT INTO tessera.outbox (topic, payload)
    SELECT o.topic, o.payload FROM jsonb_to_recordset(request->'outbox') AS o (topic text, payload jsonb);
  END IF;
  RETURN jsonb_build_object('booked', booked);
END $$;
