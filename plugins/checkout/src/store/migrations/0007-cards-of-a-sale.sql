-- Why: a sale sells cards, is paid from them and uses their sessions in the statement that books it, or not at all (ADR 7, ADR 10).
-- check before: to_regprocedure('tessera.move_cards(jsonb)') IS NOT NULL AND to_regclass('public.card_plans') IS NOT NULL
-- check before: pg_get_functiondef('tessera.book_transactions(jsonb)'::regprocedure) LIKE '%use_coupons%'
-- check after: (SELECT count(*) = 3 FROM pg_trigger WHERE tgname = 'one_sku_one_item')
-- check after: pg_get_functiondef('tessera.book_transactions(jsonb)'::regprocedure) LIKE '%move_cards%'

ALTER TABLE tessera.transaction_line DROP CONSTRAINT transaction_line_kind_check;
ALTER TABLE tessera.transaction_line ADD CONSTRAINT transaction_line_kind_check CHECK (kind IN ('product', 'service', 'card-plan'));
ALTER TABLE tessera.payment DROP CONSTRAINT payment_method_check;
ALTER TABLE tessera.payment ADD CONSTRAINT payment_method_check CHECK (method IN ('cash', 'card', 'transfer', 'stored-value'));

CREATE OR REPLACE FUNCTION tessera.refuse_taken_sku() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- whoever writes the same number waits here, so the check below sees what the other one wrote
  PERFORM pg_advisory_xact_lock(hashtextextended('sku ' || NEW.sku, 0));
  IF (TG_TABLE_NAME <> 'products' AND EXISTS (SELECT 1 FROM public.products p WHERE p.sku = NEW.sku))
    OR (TG_TABLE_NAME <> 'services' AND EXISTS (SELECT 1 FROM public.services s WHERE s.sku = NEW.sku))
    OR (TG_TABLE_NAME <> 'card_plans' AND EXISTS (SELECT 1 FROM public.card_plans c WHERE c.sku = NEW.sku)) THEN
    RAISE EXCEPTION 'another product, service or card plan has the number %', NEW.sku
      USING ERRCODE = 'unique_violation', CONSTRAINT = 'one_sku_one_item';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER one_sku_one_item BEFORE INSERT OR UPDATE OF sku ON public.card_plans
  FOR EACH ROW EXECUTE FUNCTION tessera.refuse_taken_sku();

-- 0001, 0005 and 0006 say what it takes. Besides: `cards` of a transaction is `CardsMove` in plugins/cards; then its answer has `cards` too.
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
