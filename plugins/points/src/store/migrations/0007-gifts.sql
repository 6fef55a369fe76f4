-- Why: members give points for gifts: stock moves as entries like everything counted, limits hold under lock, and what is taken back goes
-- back to the lots it came from (ADR 17).
-- check before: to_regclass('public.gifts') IS NOT NULL AND to_regprocedure('tessera.move_points(jsonb)') IS NOT NULL
-- check before: to_regprocedure('tessera.hold_members(text[])') IS NOT NULL AND to_regprocedure('tessera.post_journals(jsonb)') IS NOT NULL
-- check after: to_regprocedure('tessera.give_gift(jsonb)') IS NOT NULL AND to_regprocedure('tessera.return_gift(jsonb)') IS NOT NULL
-- check after: (SELECT min_balance = 0 FROM tessera.account_floor WHERE owner_type = 'store' AND account = 'gift-stock')

-- What a store has of a gift is its account `gift-stock` in the unit of the gift: never below nothing.
INSERT INTO tessera.account_floor (owner_type, account, min_balance) VALUES ('store', 'gift-stock', 0);

-- The order in which gifts were given and taken back: two of one member never have places out of order, his account is locked.
CREATE SEQUENCE tessera.gift_place;

-- One piece that a member got for points. Its id is that of its journal; its limits are those it was given by.
CREATE TABLE tessera.gift_handout (
  id uuid PRIMARY KEY REFERENCES tessera.journal (id),
  place bigint NOT NULL UNIQUE DEFAULT nextval('tessera.gift_place'),
  -- on the slip
  number text NOT NULL UNIQUE,
  gift_id text NOT NULL,
  label jsonb NOT NULL,
  member_id text NOT NULL,
  store_id text NOT NULL,
  -- null: not at a till
  till_id text,
  -- the open shift of the till; null: none was open
  shift_id uuid,
  business_day date NOT NULL,
  occurred_at timestamptz NOT NULL,
  staff_id bigint NOT NULL,
  staff_name text NOT NULL,
  points bigint NOT NULL CHECK (points > 0),
  is_counted boolean NOT NULL,
  limit_per_member int CHECK (limit_per_member > 0),
  limit_per_period int CHECK (limit_per_period > 0),
  period_starts_on date,
  period_ends_on date CHECK (business_day BETWEEN period_starts_on AND period_ends_on),
  CHECK ((limit_per_period IS NULL) = (period_starts_on IS NULL) AND (limit_per_period IS NULL) = (period_ends_on IS NULL)),
  CHECK (shift_id IS NULL OR till_id IS NOT NULL)
);
CREATE INDEX gift_handout_by_member ON tessera.gift_handout (member_id, gift_id);
CREATE INDEX gift_handout_by_gift ON tessera.gift_handout (gift_id);
CREATE INDEX gift_handout_by_store ON tessera.gift_handout (store_id, business_day);
CREATE INDEX gift_handout_by_till ON tessera.gift_handout (till_id) WHERE till_id IS NOT NULL;

-- A piece that came back: once.
CREATE TABLE tessera.gift_return (
  id uuid PRIMARY KEY REFERENCES tessera.journal (id),
  place bigint NOT NULL UNIQUE DEFAULT nextval('tessera.gift_place'),
  handout_id uuid NOT NULL UNIQUE REFERENCES tessera.gift_handout (id),
  till_id text,
  shift_id uuid,
  business_day date NOT NULL,
  occurred_at timestamptz NOT NULL,
  staff_id bigint NOT NULL,
  staff_name text NOT NULL,
  reason text NOT NULL CHECK (reason <> ''),
  CHECK (shift_id IS NULL OR till_id IS NOT NULL)
);

-- Why the stock of a store is what it is.
CREATE TABLE tessera.gift_stock_move (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  journal_id uuid NOT NULL UNIQUE REFERENCES tessera.journal (id),
  gift_id text NOT NULL,
  store_id text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('received', 'corrected', 'given', 'returned')),
  quantity int NOT NULL CHECK (quantity <> 0),
  occurred_at timestamptz NOT NULL,
  staff_id bigint,
  staff_name text NOT NULL,
  reason text CHECK (reason <> ''),
  CHECK (kind <> 'corrected' OR reason IS NOT NULL),
  CHECK (kind = 'corrected' OR (kind = 'given') = (quantity < 0)),
  CHECK (kind IN ('received', 'corrected') OR abs(quantity) = 1)
);
CREATE INDEX gift_stock_move_by_gift ON tessera.gift_stock_move (gift_id, store_id);
SELECT tessera.keep_as_history('tessera.gift_handout', 'tessera.gift_return', 'tessera.gift_stock_move');

-- Slips are numbered per store and business day.
CREATE TABLE tessera.gift_counter (
  store_id text NOT NULL,
  business_day date NOT NULL,
  last_number int NOT NULL,
  PRIMARY KEY (store_id, business_day)
);

-- What is done at a till belongs to its open shift, whose end waits for it. `tessera.join_shifts` is the till's own (checkout 0004).
-- TS001: the store wants an open shift, and there is none.
CREATE FUNCTION tessera.shift_of_gift(place jsonb) RETURNS uuid LANGUAGE plpgsql AS $$
BEGIN
  IF place->>'tillId' IS NULL THEN
    RETURN NULL;
  END IF;
  PERFORM tessera.join_shifts(jsonb_build_array(place));
  RETURN (SELECT s.id FROM tessera.shift s
    WHERE s.till_id = place->>'tillId' AND s.closed_at IS NULL AND s.currency = place->>'currency');
END $$;

-- Pieces of a gift that a member got under any of his numbers and kept, on these days; without days: ever.
CREATE FUNCTION tessera.gifts_kept(gift text, members text[], first_day date, last_day date) RETURNS bigint LANGUAGE sql STABLE AS $$
  SELECT count(*) FROM tessera.gift_handout h
  WHERE h.gift_id = gift AND h.member_id = ANY (members)
    AND (first_day IS NULL OR h.business_day BETWEEN first_day AND last_day)
    AND NOT EXISTS (SELECT FROM tessera.gift_return r WHERE r.handout_id = h.id)
$$;

-- One piece for points, all or nothing: { key, requestHash, response, journal, handout, storeCode, needsShift, currency, audit }; see `HandoutBooking` in
-- plugins/points/src/store/gift-writing.ts. Returns { booked: true } or { answered: { requestHash, response } }.
-- TG001: a limit of the member is reached. TP001: fewer points than it takes. 23514 on `account_floor_held`: none left. TM001, TS001.
CREATE FUNCTION tessera.give_gift(request jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  wanted tessera.gift_handout := jsonb_populate_record(NULL::tessera.gift_handout, request->'handout');
  answered jsonb := tessera.claim_key((request->>'key')::uuid, request->>'requestHash', request->'response');
  family text[];
  number_of_day int;
BEGIN
  IF answered IS NOT NULL THEN
    RETURN jsonb_build_object('answered', answered);
  END IF;
  wanted.shift_id := tessera.shift_of_gift(request->'place');
  PERFORM tessera.hold_members(ARRAY[wanted.member_id]);
  -- from here on nobody else moves points of this member, or this gift in this store
  PERFORM tessera.post_journals(jsonb_build_array(request->'journal'));
  family := tessera.member_family(wanted.member_id);
  IF tessera.gifts_kept(wanted.gift_id, family, NULL, NULL) >= wanted.limit_per_member
    OR tessera.gifts_kept(wanted.gift_id, family, wanted.period_starts_on, wanted.period_ends_on) >= wanted.limit_per_period THEN
    RAISE EXCEPTION 'member % has had all he may of gift %', wanted.member_id, wanted.gift_id USING ERRCODE = 'TG001';
  END IF;
  PERFORM tessera.move_points(jsonb_build_object('kind', 'sale', 'journalId', wanted.id, 'memberId', wanted.member_id, 'storeId', wanted.store_id,
    'businessDay', wanted.business_day, 'occurredAt', wanted.occurred_at, 'earned', 0, 'redeemed', wanted.points, 'lots', '[]'::jsonb,
    'shares', '[]'::jsonb, 'terms', '{}'::jsonb));
  INSERT INTO tessera.gift_counter AS c (store_id, business_day, last_number) VALUES (wanted.store_id, wanted.business_day, 1)
    ON CONFLICT (store_id, business_day) DO UPDATE SET last_number = c.last_number + 1 RETURNING last_number INTO number_of_day;
  wanted.number := (request->'place'->>'storeCode') || to_char(wanted.business_day, '-"G"YYMMDD-') || number_of_day;
  wanted.place := nextval('tessera.gift_place');
  INSERT INTO tessera.gift_handout SELECT wanted.*;
  IF wanted.is_counted THEN
    INSERT INTO tessera.gift_stock_move (journal_id, gift_id, store_id, kind, quantity, occurred_at, staff_id, staff_name)
    VALUES (wanted.id, wanted.gift_id, wanted.store_id, 'given', -1, wanted.occurred_at, wanted.staff_id, wanted.staff_name);
  END IF;
  PERFORM tessera.record_audit(request->'audit');
  RETURN jsonb_build_object('booked', true);
END $$;

-- A piece comes back, its points go to the lots they came from: { key, requestHash, response, journal, return, memberId (who he is today),
-- place, audit }; see `ReturnBooking`. TG002: it came back before. TM001: he is not any more who he was when it was decided. TS001.
CREATE FUNCTION tessera.return_gift(request jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  wanted tessera.gift_return := jsonb_populate_record(NULL::tessera.gift_return, request->'return');
  member text := request->>'memberId';
  given tessera.gift_handout;
  holding jsonb;
  answered jsonb := tessera.claim_key((request->>'key')::uuid, request->>'requestHash', request->'response');
BEGIN
  IF answered IS NOT NULL THEN
    RETURN jsonb_build_object('answered', answered);
  END IF;
  wanted.shift_id := tessera.shift_of_gift(request->'place');
  PERFORM tessera.hold_members(ARRAY[member]);
  SELECT * INTO given FROM tessera.gift_handout h WHERE h.id = wanted.handout_id FOR UPDATE;
  IF EXISTS (SELECT FROM tessera.gift_return r WHERE r.handout_id = given.id) THEN
    RAISE EXCEPTION 'gift % came back before', given.number USING ERRCODE = 'TG002';
  ELSIF tessera.member_now(given.member_id) <> member THEN
    RAISE EXCEPTION 'member % is another one today', given.member_id USING ERRCODE = 'TM001';
  END IF;
  PERFORM tessera.post_journals(jsonb_build_array(request->'journal'));
  -- what the refund of a sale would have to know beforehand is known under the lock here
  holding := tessera.points_of_refund(given.id);
  PERFORM tessera.move_points(jsonb_build_object('kind', 'refund', 'journalId', wanted.id, 'refunds', given.id, 'memberId', member,
    'earned', 0, 'redeemed', -given.points, 'writtenOff', 0, 'shares', '[]'::jsonb, 'terms', '{}'::jsonb,
    'known', jsonb_set(holding, '{balance}', to_jsonb((holding->>'balance')::bigint - given.points))));
  wanted.place := nextval('tessera.gift_place');
  INSERT INTO tessera.gift_return SELECT wanted.*;
  IF given.is_counted THEN
    INSERT INTO tessera.gift_stock_move (journal_id, gift_id, store_id, kind, quantity, occurred_at, staff_id, staff_name, reason)
    VALUES (wanted.id, given.gift_id, given.store_id, 'returned', 1, wanted.occurred_at, wanted.staff_id, wanted.staff_name, wanted.reason);
  END IF;
  PERFORM tessera.record_audit(request->'audit');
  RETURN jsonb_build_object('booked', true);
END $$;

-- Pieces come in, or a count corrects what the books say: { key, requestHash, response, journal, move, audit }. A correction below nothing
-- fails on `account_floor_held` (23514).
CREATE FUNCTION tessera.move_gift_stock(request jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  answered jsonb := tessera.claim_key((request->>'key')::uuid, request->>'requestHash', request->'response');
BEGIN
  IF answered IS NOT NULL THEN
    RETURN jsonb_build_object('answered', answered);
  END IF;
  PERFORM tessera.post_journals(jsonb_build_array(request->'journal'));
  INSERT INTO tessera.gift_stock_move (journal_id, gift_id, store_id, kind, quantity, occurred_at, staff_id, staff_name, reason)
  SELECT m.journal_id, m.gift_id, m.store_id, m.kind, m.quantity, m.occurred_at, m.staff_id, m.staff_name, m.reason
  FROM jsonb_populate_record(NULL::tessera.gift_stock_move, request->'move') AS m;
  IF request ? 'audit' THEN
    PERFORM tessera.record_audit(request->'audit');
  END IF;
  RETURN jsonb_build_object('booked', true);
END $$;
