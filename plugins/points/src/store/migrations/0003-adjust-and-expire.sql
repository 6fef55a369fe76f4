-- Why: points are given and taken by hand with a reason, and what has run out is written off, in batches that hold up no sale.
-- check before: to_regprocedure('tessera.take_points(uuid,text,bigint,bigint[])') IS NOT NULL
-- check after: to_regprocedure('tessera.adjust_points(jsonb)') IS NOT NULL AND to_regprocedure('tessera.expire_points(text,date,timestamptz,int,uuid,text)') IS NOT NULL

-- Why points were given or taken by hand. History, like the journal it belongs to.
CREATE TABLE tessera.point_adjustment (
  journal_id uuid PRIMARY KEY REFERENCES tessera.journal (id),
  staff_name text NOT NULL,
  reason text NOT NULL CHECK (reason <> '')
);
SELECT tessera.keep_as_history('tessera.point_adjustment');

-- { key, requestHash, response, journal, memberId, amount, reason, staffName, label, availableFrom, expiresAt, audit }, all or nothing.
-- Returns { booked: true } or { answered: { requestHash, response } }. TP001: more is taken than there is.
CREATE FUNCTION tessera.adjust_points(request jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  journal uuid := (request->'journal'->>'id')::uuid;
  member text := request->>'memberId';
  given bigint := (request->>'amount')::bigint;
  answered jsonb := tessera.claim_key((request->>'key')::uuid, request->>'requestHash', request->'response');
BEGIN
  IF answered IS NOT NULL THEN
    RETURN jsonb_build_object('answered', answered);
  END IF;
  PERFORM tessera.post_journals(jsonb_build_array(request->'journal'));
  INSERT INTO tessera.point_adjustment (journal_id, staff_name, reason) VALUES (journal, request->>'staffName', request->>'reason');
  IF given > 0 THEN
    WITH lot AS (
      INSERT INTO tessera.point_lot (member_id, store_id, business_day, journal_id, rule, label, amount, remaining, available_from, expires_at)
      VALUES (member, request->'journal'->>'storeId', (request->'journal'->>'businessDay')::date, journal, 'adjustment', request->'label',
        given, given, (request->>'availableFrom')::timestamptz, (request->>'expiresAt')::timestamptz)
      RETURNING id
    )
    INSERT INTO tessera.point_move (journal_id, lot_id, kind, amount) SELECT journal, id, 'earned', given FROM lot;
    PERFORM tessera.settle_point_debt(journal, member);
  ELSIF tessera.take_points(journal, 'adjusted', -given, (
      SELECT array_agg(l.id ORDER BY l.expires_at NULLS LAST, l.id) FROM tessera.point_lot l
      WHERE l.member_id = member AND l.remaining > 0)) < -given THEN
    RAISE EXCEPTION 'member % has fewer than % points', member, -given USING ERRCODE = 'TP001';
  END IF;
  PERFORM tessera.record_audit(request->'audit');
  RETURN jsonb_build_object('booked', true);
END $$;

-- Writes off what has run out in one store, up to `batch` lots: one journal that names every member. Nothing waits for it, because a
-- lot stops counting at its own instant; so it may run late or twice. Members who are being served at this moment are left for the next
-- run, unless it is about one member only (`member`): then it waits.
CREATE FUNCTION tessera.expire_points(store text, business_day date, at timestamptz, batch int, journal uuid, member text) RETURNS jsonb
LANGUAGE plpgsql AS $$
DECLARE
  due bigint[];
  members text[];
  postings jsonb;
  total bigint;
BEGIN
  SELECT array_agg(l.id) INTO due FROM (SELECT l.id FROM tessera.point_lot l
    WHERE l.remaining > 0 AND l.expires_at <= at AND l.store_id = store AND (member IS NULL OR l.member_id = member)
    ORDER BY l.expires_at LIMIT batch) l;
  IF member IS NOT NULL THEN
    PERFORM 1 FROM tessera.account a
      WHERE a.owner_id = member AND a.account = 'points' AND a.unit = 'points' AND a.owner_type = 'member' FOR UPDATE;
  END IF;
  SELECT array_agg(a.owner_id) INTO members FROM (SELECT a.owner_id FROM tessera.account a
    WHERE a.owner_type = 'member' AND a.account = 'points' AND a.unit = 'points'
      AND a.owner_id IN (SELECT l.member_id FROM tessera.point_lot l WHERE l.id = ANY (due))
    ORDER BY a.id FOR UPDATE SKIP LOCKED) a;
  -- what the lots hold now that their accounts are locked
  SELECT array_agg(l.id), sum(l.remaining) INTO due, total FROM tessera.point_lot l
    WHERE l.id = ANY (due) AND l.member_id = ANY (members) AND l.remaining > 0;
  IF due IS NULL THEN
    RETURN jsonb_build_object('lots', 0, 'points', 0);
  END IF;
  SELECT jsonb_agg(jsonb_build_object('ownerType', 'member', 'ownerId', m.member_id, 'account', 'points', 'unit', 'points', 'amount', -m.points))
      || jsonb_build_object('ownerType', 'store', 'ownerId', store, 'account', 'points-expired', 'unit', 'points', 'amount', total)
    INTO postings
    FROM (SELECT l.member_id, sum(l.remaining) AS points FROM tessera.point_lot l WHERE l.id = ANY (due) GROUP BY l.member_id) m;
  PERFORM tessera.post_journals(jsonb_build_array(jsonb_build_object('id', journal, 'kind', 'points-expiry', 'storeId', store,
    'businessDay', business_day, 'occurredAt', at, 'subjectType', 'points-expiry', 'subjectId', journal, 'postings', postings)));
  INSERT INTO tessera.point_move (journal_id, lot_id, kind, amount)
  SELECT journal, l.id, 'expired', -l.remaining FROM tessera.point_lot l WHERE l.id = ANY (due);
  UPDATE tessera.point_lot l SET remaining = 0 WHERE l.id = ANY (due);
  RETURN jsonb_build_object('lots', cardinality(due), 'points', total);
END $$;
