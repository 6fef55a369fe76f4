-- Why: a till answers for its cash: what was there, what came and went, what should be there, what was counted, and by whom.
-- check before: to_regclass('tessera.shift') IS NULL AND to_regprocedure('tessera.book_refund(jsonb,jsonb)') IS NOT NULL
-- check after: to_regclass('tessera.shift_tender') IS NOT NULL AND to_regprocedure('tessera.join_shifts(jsonb)') IS NOT NULL

-- From float to count. Until it is closed only its holder changes; then nothing does.
CREATE TABLE tessera.shift (
  id uuid PRIMARY KEY,
  store_id text NOT NULL,
  till_id text NOT NULL,
  currency text NOT NULL,
  business_day date NOT NULL,
  opened_by bigint NOT NULL,
  opened_by_name text NOT NULL,
  opened_at timestamptz NOT NULL,
  -- [{ value, form, count }]
  opening_cash jsonb NOT NULL,
  opening_float bigint NOT NULL CHECK (opening_float >= 0),
  -- who answers for the drawer
  holder_id bigint NOT NULL,
  holder_name text NOT NULL,
  closed_by bigint,
  closed_by_name text,
  closed_at timestamptz,
  -- of the closed shifts of the till, without gaps
  z_number int CHECK (z_number > 0),
  difference_reason text CHECK (difference_reason <> ''),
  UNIQUE (till_id, z_number),
  CHECK (num_nulls(closed_by, closed_by_name, closed_at, z_number) IN (0, 4)),
  CHECK (closed_at IS NOT NULL OR difference_reason IS NULL)
);
CREATE UNIQUE INDEX one_open_shift ON tessera.shift (till_id) WHERE closed_at IS NULL;
CREATE INDEX shift_by_store ON tessera.shift (store_id, opened_at);

-- Put into the drawer, paid from it, taken to the safe. Its id is that of its journal.
CREATE TABLE tessera.cash_movement (
  id uuid PRIMARY KEY,
  shift_id uuid NOT NULL REFERENCES tessera.shift (id),
  kind text NOT NULL CHECK (kind IN ('in', 'out', 'drop')),
  amount bigint NOT NULL CHECK (amount > 0),
  reason text NOT NULL CHECK (reason <> ''),
  staff_id bigint NOT NULL,
  staff_name text NOT NULL,
  occurred_at timestamptz NOT NULL
);
CREATE INDEX cash_movement_by_shift ON tessera.cash_movement (shift_id);

-- From person to person without closing; `expected_cash` as of that moment, so that a difference can be told apart later.
CREATE TABLE tessera.shift_handover (
  shift_id uuid NOT NULL REFERENCES tessera.shift (id),
  entry int NOT NULL,
  from_id bigint NOT NULL,
  from_name text NOT NULL,
  to_id bigint NOT NULL,
  to_name text NOT NULL,
  occurred_at timestamptz NOT NULL,
  cash jsonb,
  counted_cash bigint,
  expected_cash bigint NOT NULL,
  PRIMARY KEY (shift_id, entry)
);

-- Every count that was answered, whether it closed the shift or was refused.
CREATE TABLE tessera.shift_count (
  shift_id uuid NOT NULL REFERENCES tessera.shift (id),
  entry int NOT NULL,
  staff_id bigint NOT NULL,
  staff_name text NOT NULL,
  occurred_at timestamptz NOT NULL,
  cash jsonb NOT NULL,
  -- [{ method, expected, counted, difference }]
  tenders jsonb NOT NULL,
  PRIMARY KEY (shift_id, entry)
);

-- With what it was closed, per tender. `counted` is null for what nobody can count.
CREATE TABLE tessera.shift_tender (
  shift_id uuid NOT NULL REFERENCES tessera.shift (id),
  method text NOT NULL,
  sales bigint NOT NULL,
  refunds bigint NOT NULL,
  expected bigint NOT NULL,
  counted bigint,
  difference bigint,
  PRIMARY KEY (shift_id, method),
  CHECK (difference IS NOT DISTINCT FROM counted - expected)
);

DO $$
DECLARE history text;
BEGIN
  FOREACH history IN ARRAY ARRAY['tessera.cash_movement', 'tessera.shift_handover', 'tessera.shift_count', 'tessera.shift_tender'] LOOP
    EXECUTE format('CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON %s
      FOR EACH ROW EXECUTE FUNCTION tessera.refuse_change()', history);
    EXECUTE format('CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON %s
      FOR EACH STATEMENT EXECUTE FUNCTION tessera.refuse_change()', history);
  END LOOP;
END $$;
CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE OF id, store_id, till_id, currency, business_day, opened_by, opened_by_name,
  opened_at, opening_cash, opening_float ON tessera.shift FOR EACH ROW EXECUTE FUNCTION tessera.refuse_change();
CREATE TRIGGER refuse_change_of_closed BEFORE UPDATE ON tessera.shift
  FOR EACH ROW WHEN (OLD.closed_at IS NOT NULL) EXECUTE FUNCTION tessera.refuse_change();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON tessera.shift
  FOR EACH STATEMENT EXECUTE FUNCTION tessera.refuse_change();

-- The shift whose drawer the money went into; null: none was open, or it was imported.
ALTER TABLE tessera.transaction ADD COLUMN shift_id uuid REFERENCES tessera.shift (id);
CREATE INDEX transaction_by_shift ON tessera.transaction (shift_id) WHERE shift_id IS NOT NULL;

-- One lock per till, held until the commit: sales share it, whoever opens, changes or closes a shift has it alone. So a close has
-- waited for every sale that joined the shift and sees it, and a sale that comes later sees the shift closed.
CREATE FUNCTION tessera.share_till(till_id text) RETURNS void LANGUAGE sql AS $$
  SELECT pg_advisory_xact_lock_shared(hashtextextended('shift of till ' || till_id, 0))
$$;
CREATE FUNCTION tessera.hold_till(till_id text) RETURNS void LANGUAGE sql AS $$
  SELECT pg_advisory_xact_lock(hashtextextended('shift of till ' || till_id, 0))
$$;

-- Before transactions are booked: takes the lock of their tills, in order, and refuses those that need a shift where none is open.
-- What is read after it (the next statement has a snapshot of its own) stands until the commit.
CREATE FUNCTION tessera.join_shifts(transactions jsonb) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM tessera.share_till(t.till_id) FROM (SELECT DISTINCT item->>'tillId' AS till_id
    FROM jsonb_array_elements(transactions) AS i (item) ORDER BY 1) t;
  IF EXISTS (SELECT 1 FROM jsonb_array_elements(transactions) AS i (item)
      WHERE (item->>'needsShift')::boolean AND NOT EXISTS (SELECT 1 FROM tessera.shift s
        WHERE s.till_id = item->>'tillId' AND s.closed_at IS NULL AND s.currency = item->>'currency')) THEN
    RAISE EXCEPTION 'no shift is open at the till' USING ERRCODE = 'TS001';
  END IF;
END $$;

-- As before (0001 says what it takes), and: what was not imported joins the open shift of its till; `needsShift` of a transaction
-- makes that a condition (TS001).
CREATE OR REPLACE FUNCTION tessera.book_transactions(request jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  wanted jsonb := request->'transactions';
  origin text := request->>'source';
  booked jsonb;
BEGIN
  IF request ? 'idempotency' THEN
    INSERT INTO tessera.idempotency (key, request_hash, status, response)
    VALUES ((request->'idempotency'->>'key')::uuid, request->'idempotency'->>'requestHash', 201, request->'idempotency'->'response')
    ON CONFLICT (key) DO NOTHING;
    IF NOT FOUND THEN
      RETURN (SELECT jsonb_build_object('answered', jsonb_build_object('requestHash', i.request_hash, 'response', i.response))
        FROM tessera.idempotency i WHERE i.key = (request->'idempotency'->>'key')::uuid);
    END IF;
  END IF;

  IF origin IS NOT NULL THEN
    wanted := (SELECT coalesce(jsonb_agg(t.item ORDER BY t.place), '[]')
      FROM jsonb_array_elements(wanted) WITH ORDINALITY AS t (item, place)
      WHERE NOT EXISTS (SELECT 1 FROM tessera.transaction k WHERE k.source = origin AND k.source_ref = t.item->>'sourceRef'));
  END IF;

  IF origin IS NULL THEN
    PERFORM tessera.join_shifts(wanted);
  END IF;

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

  PERFORM tessera.post_journals(jsonb_path_query_array(wanted, '$[*].journal'));

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
