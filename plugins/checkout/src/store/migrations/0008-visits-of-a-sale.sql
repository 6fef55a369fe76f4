-- Why: what members do is counted per day by the statement that books it, so that tiers can be judged anywhere at any time (ADR 9).
-- check before: to_regprocedure('tessera.count_visits(jsonb)') IS NOT NULL AND to_regclass('tessera.point_booking') IS NOT NULL
-- check before: pg_get_functiondef('tessera.book_transactions(jsonb)'::regprocedure) LIKE '%move_cards%'
-- check after: pg_get_functiondef('tessera.book_transactions(jsonb)'::regprocedure) LIKE '%count_visits%'
-- check after: NOT EXISTS (SELECT FROM tessera.transaction WHERE member_id IS NOT NULL) OR EXISTS (SELECT FROM tessera.member_day)

-- What every member's days are, by the transactions: what goods and services cost, paid in whatever way. A card is not spent when it is
-- bought but when it is used: its plan does not count, its sessions do.
CREATE VIEW tessera.member_day_as_booked AS
  WITH by_card AS (
    SELECT l.transaction_id, sum(CASE WHEN l.kind = 'card-plan' THEN l.amount ELSE s.taken END)::bigint AS amount
    FROM tessera.transaction_line l CROSS JOIN LATERAL (SELECT coalesce(sum((a->>'amount')::bigint), 0) AS taken
      FROM jsonb_path_query(l.adjustments, '$[*] ? (@.source == "session")') a) s
    WHERE l.kind = 'card-plan' OR l.adjustments @? '$[*] ? (@.source == "session")' GROUP BY 1
  )
  SELECT t.member_id, coalesce(o.business_day, t.business_day) AS business_day, t.currency,
    sum(t.payable - coalesce(c.amount, 0))::bigint AS spend, coalesce(sum(b.earned), 0)::bigint AS points
  FROM tessera.transaction t LEFT JOIN tessera.transaction o ON o.id = t.refunds_transaction_id
    LEFT JOIN tessera.point_booking b ON b.journal_id = t.id LEFT JOIN by_card c ON c.transaction_id = t.id
  WHERE t.member_id IS NOT NULL AND coalesce(o.kind, t.kind) = 'sale' GROUP BY 1, 2, 3;

-- Counts all of it anew. Sales wait meanwhile.
CREATE FUNCTION tessera.rebuild_member_days() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  LOCK TABLE tessera.transaction IN SHARE MODE;
  DELETE FROM tessera.member_day;
  INSERT INTO tessera.member_day (member_id, business_day, currency, spend, points)
  SELECT member_id, business_day, currency, spend, points FROM tessera.member_day_as_booked;
END $$;
SELECT tessera.rebuild_member_days();

-- 0001, 0005, 0006 and 0007 say what it takes. Besides: `tier` of a transaction is `TierMove` in plugins/members.
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
  -- what leaves which card is chosen under the lock of the cards, and its postings belong to the same journal
  IF jsonb_path_exists(wanted, '$[*].cards') THEN
    wanted := tessera.move_cards(wanted);
    booked := (SELECT jsonb_agg(b.item || jsonb_build_object('cards', tessera.cards_of((b.item->>'id')::uuid)) ORDER BY b.place)
      FROM jsonb_array_elements(booked) WITH ORDINALITY AS b (item, place));
  END IF;
  PERFORM tessera.post_journals(jsonb_path_query_array(wanted, '$[*].journal'));
  -- the accounts of their members are locked now
  IF jsonb_path_exists(wanted, '$[*].points') THEN
    PERFORM tessera.move_points(t.item->'points') FROM jsonb_array_elements(wanted) AS t (item) WHERE t.item ? 'points';
  END IF;

  -- after the accounts: whoever waits for a coupon holds nothing that its holder waits for
  IF jsonb_path_exists(wanted, '$[*].coupons') THEN
    PERFORM tessera.use_coupons(t.item->'coupons') FROM jsonb_array_elements(wanted) AS t (item) WHERE t.item ? 'coupons';
  END IF;

  PERFORM tessera.count_visits(wanted);

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
