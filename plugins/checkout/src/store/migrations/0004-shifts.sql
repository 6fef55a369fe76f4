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

SELECT tessera.keep_as_history('tessera.cash_movement', 'tessera.shift_handover', 'tessera.shift_count', 'tessera.shift_tender');
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
