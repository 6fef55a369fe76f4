-- Why: a sale is not booked for a membership that is merged at this moment: it waits, and is then priced anew (ADR 13). And each step of
-- `book_transactions` is a function of its own from here on, so that the next one is changed without copying the others.
-- check before: to_regprocedure('tessera.hold_members(text[])') IS NOT NULL
-- check before: pg_get_functiondef('tessera.book_transactions(jsonb)'::regprocedure) LIKE '%count_visits%'
-- check after: pg_get_functiondef('tessera.book_transactions(jsonb)'::regprocedure) LIKE '%settle_transactions%'
-- check after: pg_get_functiondef('tessera.hold_places(jsonb)'::regprocedure) LIKE '%hold_members%'

-- What has to stand still while these are booked: the shifts of their tills, and the memberships that buy.
-- TM001: a member of a sale was merged into another one since it was priced.
CREATE FUNCTION tessera.hold_places(transactions jsonb) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM tessera.join_shifts(transactions);
  IF jsonb_path_exists(transactions, '$[*] ? (@.kind == "sale" && @.memberId != null)') THEN
    PERFORM tessera.hold_members(ARRAY(SELECT jsonb_array_elements_text(jsonb_path_query_array(transactions, '$[*] ? (@.kind == "sale").memberId'))));
  END IF;
END $$;

-- Moves everything counted that these transactions move, in the order in which its rows are locked. Returns `booked` with what they did
-- to cards.
CREATE FUNCTION tessera.settle_transactions(transactions jsonb, booked jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
BEGIN
  -- what leaves which card is chosen under the lock of the cards, and its postings belong to the same journal
  IF jsonb_path_exists(transactions, '$[*].cards') THEN
    transactions := tessera.move_cards(transactions);
    booked := (SELECT jsonb_agg(b.item || jsonb_build_object('cards', tessera.cards_of((b.item->>'id')::uuid)) ORDER BY b.place)
      FROM jsonb_array_elements(booked) WITH ORDINALITY AS b (item, place));
  END IF;
  PERFORM tessera.post_journals(jsonb_path_query_array(transactions, '$[*].journal'));
  -- the accounts of their members are locked now
  IF jsonb_path_exists(transactions, '$[*].points') THEN
    PERFORM tessera.move_points(t.item->'points') FROM jsonb_array_elements(transactions) AS t (item) WHERE t.item ? 'points';
  END IF;
  -- after the accounts: whoever waits for a coupon holds nothing that its holder waits for
  IF jsonb_path_exists(transactions, '$[*].coupons') THEN
    PERFORM tessera.use_coupons(t.item->'coupons') FROM jsonb_array_elements(transactions) AS t (item) WHERE t.item ? 'coupons';
  END IF;
  PERFORM tessera.count_visits(transactions);
  RETURN booked;
END $$;

-- A held cart ends with its sale. 55000: it was sold or thrown away meanwhile.
CREATE FUNCTION tessera.end_held_cart(held jsonb, sale uuid) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  UPDATE tessera.held_cart SET transaction_id = sale, ended_at = coalesce(ended_at, now()),
    ended_by = coalesce(ended_by, (held->>'staffId')::bigint), outcome = coalesce(outcome, 'resumed')
  WHERE id = (held->>'id')::uuid AND transaction_id IS NULL AND outcome IS DISTINCT FROM 'discarded';
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the held cart is gone' USING ERRCODE = 'object_not_in_prerequisite_state';
  END IF;
END $$;

-- 0001, 0005, 0006, 0007 and 0008 say what it takes.
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
    PERFORM tessera.hold_places(wanted);
  ELSE
    wanted := (SELECT coalesce(jsonb_agg(t.item ORDER BY t.place), '[]')
      FROM jsonb_array_elements(wanted) WITH ORDINALITY AS t (item, place)
      WHERE NOT EXISTS (SELECT 1 FROM tessera.transaction k WHERE k.source = origin AND k.source_ref = t.item->>'sourceRef'));
  END IF;
  booked := tessera.settle_transactions(wanted, tessera.write_transactions(wanted, origin));
  IF request ? 'heldCart' THEN
    PERFORM tessera.end_held_cart(request->'heldCart', (wanted->0->>'id')::uuid);
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
