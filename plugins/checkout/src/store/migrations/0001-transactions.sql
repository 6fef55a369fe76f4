-- Why: what checkout books is history: it is written once, by one function, and nobody can change it afterwards.
-- check before: to_regclass('tessera.transaction') IS NULL AND to_regprocedure('tessera.post_journals(jsonb)') IS NOT NULL
-- check after: to_regprocedure('tessera.book_transactions(jsonb)') IS NOT NULL AND to_regclass('tessera.held_cart') IS NOT NULL

-- Numbers are given per till code and business day, without gaps: a sale that fails gives its number back.
CREATE TABLE tessera.transaction_counter (
  till_code text NOT NULL,
  business_day date NOT NULL,
  till_id text NOT NULL,
  last_number int NOT NULL,
  PRIMARY KEY (till_code, business_day)
) WITH (fillfactor = 50);

-- A booked sale or refund. A refund's quantities and amounts are negative, so sums over a period are net.
CREATE TABLE tessera.transaction (
  id uuid PRIMARY KEY,
  number text NOT NULL UNIQUE,
  kind text NOT NULL CHECK (kind IN ('sale', 'refund')),
  store_id text NOT NULL,
  till_id text NOT NULL,
  staff_id bigint NOT NULL,
  staff_name text NOT NULL,
  member_id text,
  business_day date NOT NULL,
  occurred_at timestamptz NOT NULL,
  currency text NOT NULL,
  list_amount bigint NOT NULL,
  discount bigint NOT NULL,
  tax bigint NOT NULL,
  payable bigint NOT NULL,
  payable_in_cash bigint NOT NULL,
  -- what cash rounding added: paid − payable
  rounding bigint NOT NULL,
  paid bigint NOT NULL,
  change bigint NOT NULL CHECK (change >= 0),
  methods text[] NOT NULL,
  refunds_transaction_id uuid REFERENCES tessera.transaction (id),
  -- file or system it was imported from, and its name there
  source text,
  source_ref text,
  booked_at timestamptz NOT NULL DEFAULT now(),
  CHECK (payable = list_amount - discount AND paid = payable + rounding),
  CHECK (payable = 0 OR (kind = 'sale') = (payable > 0)),
  CHECK ((source IS NULL) = (source_ref IS NULL))
);
CREATE INDEX transaction_by_time ON tessera.transaction (occurred_at, id);
CREATE INDEX transaction_by_store ON tessera.transaction (store_id, occurred_at, id);
CREATE INDEX transaction_by_staff ON tessera.transaction (staff_id, occurred_at);
CREATE INDEX transaction_by_member ON tessera.transaction (member_id, occurred_at) WHERE member_id IS NOT NULL;
CREATE UNIQUE INDEX transaction_by_source ON tessera.transaction (source, source_ref) WHERE source IS NOT NULL;

-- `adjustments` explain amount − list_amount; names are those of the day.
CREATE TABLE tessera.transaction_line (
  transaction_id uuid NOT NULL REFERENCES tessera.transaction (id),
  line_no int NOT NULL,
  item_id text NOT NULL,
  sku text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('product', 'service')),
  name_zh text NOT NULL,
  name_en text NOT NULL,
  quantity int NOT NULL CHECK (quantity <> 0),
  list_unit_price bigint NOT NULL,
  list_amount bigint NOT NULL,
  adjustments jsonb NOT NULL DEFAULT '[]',
  amount bigint NOT NULL,
  tax_rate int NOT NULL,
  tax_amount bigint NOT NULL,
  staff_ids text[] NOT NULL DEFAULT '{}',
  PRIMARY KEY (transaction_id, line_no),
  CHECK (list_amount = list_unit_price * quantity)
);
CREATE INDEX transaction_line_by_item ON tessera.transaction_line (item_id);

CREATE TABLE tessera.payment (
  transaction_id uuid NOT NULL REFERENCES tessera.transaction (id),
  entry smallint NOT NULL,
  method text NOT NULL CHECK (method IN ('cash', 'card', 'transfer')),
  amount bigint NOT NULL,
  received bigint,
  change bigint NOT NULL DEFAULT 0 CHECK (change >= 0),
  reference text,
  PRIMARY KEY (transaction_id, entry)
);

DO $$
DECLARE history text;
BEGIN
  FOREACH history IN ARRAY ARRAY['tessera.transaction', 'tessera.transaction_line', 'tessera.payment'] LOOP
    EXECUTE format('CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON %s
      FOR EACH ROW EXECUTE FUNCTION tessera.refuse_change()', history);
    EXECUTE format('CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON %s
      FOR EACH STATEMENT EXECUTE FUNCTION tessera.refuse_change()', history);
  END LOOP;
END $$;

-- A cart parked for any till of its store. It ends once: resumed by one till, thrown away, or sold.
CREATE TABLE tessera.held_cart (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  store_id text NOT NULL,
  till_id text NOT NULL,
  staff_id bigint NOT NULL,
  staff_name text NOT NULL,
  note text,
  cart jsonb NOT NULL,
  line_count int NOT NULL,
  payable bigint NOT NULL,
  held_at timestamptz NOT NULL,
  ended_at timestamptz,
  ended_by bigint,
  outcome text CHECK (outcome IN ('resumed', 'discarded')),
  transaction_id uuid REFERENCES tessera.transaction (id),
  CHECK ((ended_at IS NULL) = (outcome IS NULL))
);
CREATE INDEX held_cart_open ON tessera.held_cart (store_id, held_at) WHERE ended_at IS NULL;

-- Books one sale or a batch of thousands, all or nothing. `Booking` in plugins/checkout/src/domain/booking.ts is the shape of
-- `request`; `bookedTransaction()` there makes one from a priced cart, `postingsOf()` makes a journal that balances for
-- refunds and lines at price 0 as well.
--   { transactions: [{ id, kind, tillCode, storeId, tillId, staffId, staffName, memberId, businessDay, occurredAt, currency, listAmount,
--                      discount, tax, payable, payableInCash, rounding, paid, change, methods, refundsTransactionId, sourceRef,
--                      lines: […], payments: […], journal: Journal }],
--     source?, idempotency?: { key, requestHash, response }, heldCart?: { id, staffId }, audits?: […], outbox?: [{ topic, payload }] }
-- Returns { booked: [{ id, number }] } in the order given, or { answered: { requestHash, response } } when the key has been used.
-- Import: set `source` and a `sourceRef` per transaction. What the source has booked before is left out (absent from `booked`), so
-- a batch may be repeated. ~500 transactions a call is a good size; original dates go in `occurredAt` and `businessDay`.
-- Refund: kind 'refund', quantity, amounts, tax and payments negative, `change` 0.
CREATE FUNCTION tessera.book_transactions(request jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
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
      source, source_ref)
    SELECT g.id, g.till_code || to_char(g.business_day, '-YYMMDD-')
        || c.last_before + row_number() OVER (PARTITION BY g.till_code, g.business_day ORDER BY g.place),
      g.kind, g.store_id, g.till_id, g.staff_id, g.staff_name, g.member_id, g.business_day, g.occurred_at, g.currency, g.list_amount,
      g.discount, g.tax, g.payable, g.payable_in_cash, g.rounding, g.paid, g.change, g.methods, g.refunds_transaction_id,
      origin, g.source_ref
    FROM given g JOIN counted c USING (till_code, business_day) ORDER BY g.place
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
