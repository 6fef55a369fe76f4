-- Why: the statement that books a sale uses its coupons, or nothing is booked (ADR 7, ADR 11).
-- check before: to_regprocedure('tessera.use_coupons(jsonb)') IS NOT NULL AND to_regprocedure('tessera.write_transactions(jsonb,text)') IS NOT NULL
-- check after: pg_get_functiondef('tessera.book_transactions(jsonb)'::regprocedure) LIKE '%use_coupons%'

-- 0001 says what it takes. Besides: what was not imported joins the open shift of its till, `needsShift` of a transaction makes that
-- a condition (TS001); `points` of a transaction is `PointsMove` in plugins/points,
-- `coupons` is `CouponsMove` in plugins/campaigns.
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

  -- after the accounts: whoever waits for a coupon holds nothing that its holder waits for
  IF jsonb_path_exists(wanted, '$[*].coupons') THEN
    PERFORM tessera.use_coupons(t.item->'coupons') FROM jsonb_array_elements(wanted) AS t (item) WHERE t.item ? 'coupons';
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
