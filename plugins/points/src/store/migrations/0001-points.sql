-- Why: points are earned in lots whose dates never change, and spent, returned and expired by entries that explain every balance (ADR 7).
-- check before: to_regprocedure('tessera.post_journals(jsonb)') IS NOT NULL AND to_regclass('public.earn_rules') IS NOT NULL
-- check after: to_regprocedure('tessera.move_points(jsonb)') IS NOT NULL AND to_regprocedure('tessera.points_facts(text,timestamptz)') IS NOT NULL
-- check after: (SELECT count(*) FROM pg_trigger WHERE tgname = 'raise_points_version' AND tginitdeferred) = 3

-- Raised by every change of the programme or its rules, in the transaction that makes it (as ADR 2 does for rights).
CREATE TABLE tessera.points_version (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  version bigint NOT NULL
);
INSERT INTO tessera.points_version (version) VALUES (1);

CREATE FUNCTION tessera.raise_points_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_setting('tessera.points_version_raised', true) IS DISTINCT FROM pg_current_xact_id()::text THEN
    UPDATE tessera.points_version SET version = version + 1;
    PERFORM set_config('tessera.points_version_raised', pg_current_xact_id()::text, true);
  END IF;
  RETURN NULL;
END $$;

DO $$
DECLARE watched text;
BEGIN
  FOREACH watched IN ARRAY ARRAY['public.points_programmes', 'public.earn_rules', 'public.earn_rules_stores_lnk'] LOOP
    EXECUTE format('CREATE CONSTRAINT TRIGGER raise_points_version AFTER INSERT OR UPDATE OR DELETE ON %s
      DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION tessera.raise_points_version()', watched);
  END LOOP;
END $$;

-- A shop has one programme at a time.
CREATE UNIQUE INDEX one_active_programme ON public.points_programmes (active) WHERE active AND NOT archived;

-- One earning. `remaining` = Σ of its moves. Its dates were fixed when it was earned; it counts from `available_from` until `expires_at`.
CREATE TABLE tessera.point_lot (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  member_id text NOT NULL,
  store_id text NOT NULL,
  business_day date NOT NULL,
  -- what gave it; a transaction has the id of its journal
  journal_id uuid NOT NULL REFERENCES tessera.journal (id),
  rule text NOT NULL,
  label jsonb NOT NULL,
  amount bigint NOT NULL CHECK (amount > 0),
  remaining bigint NOT NULL,
  available_from timestamptz NOT NULL,
  expires_at timestamptz,
  CONSTRAINT point_lot_remaining CHECK (remaining BETWEEN 0 AND amount),
  CHECK (expires_at > available_from),
  CONSTRAINT earned_once UNIQUE (journal_id, rule)
) WITH (fillfactor = 80);
CREATE INDEX point_lot_left ON tessera.point_lot (member_id, expires_at, id) WHERE remaining > 0;
CREATE INDEX point_lot_by_day ON tessera.point_lot (member_id, business_day);
CREATE INDEX point_lot_due ON tessera.point_lot (expires_at) WHERE remaining > 0 AND expires_at IS NOT NULL;

-- What happened to a lot, and in which journal. Positive = into the lot.
CREATE TABLE tessera.point_move (
  journal_id uuid NOT NULL REFERENCES tessera.journal (id),
  lot_id bigint NOT NULL REFERENCES tessera.point_lot (id),
  kind text NOT NULL CHECK (kind IN ('earned', 'redeemed', 'returned', 'taken-back', 'debt-paid', 'expired', 'adjusted')),
  amount bigint NOT NULL,
  PRIMARY KEY (journal_id, lot_id, kind),
  CHECK ((kind IN ('earned', 'returned') AND amount > 0) OR (kind NOT IN ('earned', 'returned') AND amount < 0))
);
CREATE INDEX point_move_by_lot ON tessera.point_move (lot_id);

-- What a transaction did to its member's points, and what its refunds go by. Of a refund: negative, and it names the sale.
CREATE TABLE tessera.point_booking (
  journal_id uuid PRIMARY KEY REFERENCES tessera.journal (id),
  refunds_journal_id uuid REFERENCES tessera.point_booking (journal_id),
  member_id text NOT NULL,
  earned bigint NOT NULL,
  redeemed bigint NOT NULL,
  -- of what a refund takes back: expired meanwhile, so nobody has it
  written_off bigint NOT NULL DEFAULT 0 CHECK (written_off >= 0),
  -- per line: [{ lineNo, earned, redeemed }]
  shares jsonb NOT NULL,
  terms jsonb NOT NULL
);
CREATE INDEX point_booking_by_refunded ON tessera.point_booking (refunds_journal_id) WHERE refunds_journal_id IS NOT NULL;

SELECT tessera.keep_as_history('tessera.point_move', 'tessera.point_booking');
-- Of a lot only what is left of it changes.
CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE OF id, member_id, store_id, business_day, journal_id, rule, label, amount,
  available_from, expires_at ON tessera.point_lot FOR EACH ROW EXECUTE FUNCTION tessera.refuse_change();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON tessera.point_lot
  FOR EACH STATEMENT EXECUTE FUNCTION tessera.refuse_change();

-- What a price depends on. plpgsql keeps its plans; a function in SQL would be planned on every call.
CREATE FUNCTION tessera.points_facts(member text, at timestamptz) RETURNS jsonb LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN (SELECT jsonb_build_object(
    'version', (SELECT version FROM tessera.points_version),
    'available', coalesce(sum(l.remaining) FILTER (WHERE l.available_from <= at AND (l.expires_at IS NULL OR l.expires_at > at)), 0),
    'pending', coalesce(sum(l.remaining) FILTER (WHERE l.available_from > at), 0),
    'earned', coalesce((SELECT jsonb_agg(jsonb_build_array(e.business_day, e.rule, e.points)) FROM (
      SELECT d.business_day, d.rule, sum(d.amount) AS points FROM tessera.point_lot d
      WHERE d.member_id = member AND d.business_day >= (at AT TIME ZONE 'UTC')::date - 2 GROUP BY d.business_day, d.rule) e), '[]'))
  FROM tessera.point_lot l WHERE l.member_id = member AND l.remaining > 0);
END $$;

-- Takes up to `wanted` points out of lots, in the order given. Returns how many it took.
CREATE FUNCTION tessera.take_points(journal uuid, move text, wanted bigint, lots bigint[]) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE taken bigint;
BEGIN
  WITH picked AS (
    SELECT l.id, l.remaining, sum(l.remaining) OVER (ORDER BY p.place) - l.remaining AS before
    FROM unnest(lots) WITH ORDINALITY AS p (id, place) JOIN tessera.point_lot l ON l.id = p.id WHERE l.remaining > 0
  ), parts AS MATERIALIZED (
    SELECT id, least(remaining, wanted - before)::bigint AS amount FROM picked WHERE before < wanted
  ), lowered AS (
    UPDATE tessera.point_lot l SET remaining = l.remaining - p.amount FROM parts p WHERE l.id = p.id
  ), moved AS (
    INSERT INTO tessera.point_move (journal_id, lot_id, kind, amount) SELECT journal, id, move, -amount FROM parts
  )
  SELECT coalesce(sum(amount), 0) INTO taken FROM parts;
  RETURN taken;
END $$;

-- Lots and balance agree: Σ remaining = balance, and 0 when the member owes points. What was earned or returned pays the debt first.
CREATE FUNCTION tessera.settle_point_debt(journal uuid, member text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  excess bigint;
  lots bigint[];
BEGIN
  SELECT coalesce(sum(l.remaining), 0), coalesce(array_agg(l.id ORDER BY l.expires_at NULLS LAST, l.id), '{}') INTO excess, lots
    FROM tessera.point_lot l WHERE l.member_id = member AND l.remaining > 0;
  excess := excess - greatest(0, coalesce((SELECT a.balance FROM tessera.account a
    WHERE a.owner_id = member AND a.account = 'points' AND a.unit = 'points' AND a.owner_type = 'member'), 0));
  IF excess < 0 THEN
    RAISE EXCEPTION 'the lots of member % hold % points less than the balance', member, -excess USING ERRCODE = 'check_violation';
  ELSIF excess > 0 THEN
    PERFORM tessera.take_points(journal, 'debt-paid', excess, lots);
  END IF;
END $$;

-- Moves the lots of one transaction: `PointsMove` in plugins/points/src/domain/booking.ts. Its postings are in the journal that
-- was posted just before, so the member's account is locked and nobody else moves these lots meanwhile.
-- A refund has a function of its own (0002). TP001: fewer points than the sale spends.
CREATE FUNCTION tessera.move_points(move jsonb) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  journal uuid := (move->>'journalId')::uuid;
  member text := move->>'memberId';
  at timestamptz := (move->>'occurredAt')::timestamptz;
  spend bigint := (move->>'redeemed')::bigint;
BEGIN
  IF move->>'kind' = 'refund' THEN
    PERFORM tessera.refund_points(move);
    RETURN;
  END IF;
  INSERT INTO tessera.point_booking (journal_id, member_id, earned, redeemed, shares, terms)
  VALUES (journal, member, (move->>'earned')::bigint, spend, move->'shares', move->'terms');
  IF spend > 0 AND tessera.take_points(journal, 'redeemed', spend, (
      SELECT array_agg(l.id ORDER BY l.expires_at NULLS LAST, l.id) FROM tessera.point_lot l
      WHERE l.member_id = member AND l.remaining > 0 AND l.available_from <= at AND (l.expires_at IS NULL OR l.expires_at > at))) < spend THEN
    RAISE EXCEPTION 'member % has fewer than % points', member, spend USING ERRCODE = 'TP001';
  END IF;
  WITH lots AS (
    INSERT INTO tessera.point_lot (member_id, store_id, business_day, journal_id, rule, label, amount, remaining, available_from, expires_at)
    SELECT member, move->>'storeId', (move->>'businessDay')::date, journal, l.rule, l.label, l.points, l.points, l."availableFrom", l."expiresAt"
    FROM jsonb_to_recordset(move->'lots') AS l (rule text, label jsonb, points bigint, "availableFrom" timestamptz, "expiresAt" timestamptz)
    RETURNING id, amount
  )
  INSERT INTO tessera.point_move (journal_id, lot_id, kind, amount) SELECT journal, id, 'earned', amount FROM lots;
  PERFORM tessera.settle_point_debt(journal, member);
END $$;

-- What a transaction did to points: { earned, redeemed, shares, terms }, or null.
CREATE FUNCTION tessera.points_of(transaction uuid) RETURNS jsonb LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN (SELECT jsonb_build_object('earned', b.earned, 'redeemed', b.redeemed, 'shares', b.shares, 'terms', b.terms)
    FROM tessera.point_booking b WHERE b.journal_id = transaction);
END $$;
