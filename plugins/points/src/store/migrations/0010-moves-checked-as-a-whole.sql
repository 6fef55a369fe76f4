-- Why: two foreign keys looked up and locked a row each for every move, a quarter of what writing off a million lots costs. Journals and lots
-- are never deleted, so it is enough to look once, for all moves of a statement together.
-- check before: to_regprocedure('tessera.expire_points(text,date,timestamptz,int,uuid,text)') IS NOT NULL
-- check after: EXISTS (SELECT FROM pg_trigger WHERE tgname = 'moves_are_of_something')
-- check after: NOT EXISTS (SELECT FROM pg_constraint WHERE conrelid = 'tessera.point_move'::regclass AND contype = 'f')

-- Row by row through the primary keys, whatever the first statement of the session looked like: its plan is kept for all others.
CREATE FUNCTION tessera.demand_lots_of_moves() RETURNS trigger LANGUAGE plpgsql
SET enable_hashjoin = off SET enable_mergejoin = off SET enable_seqscan = off AS $$
BEGIN
  IF EXISTS (SELECT FROM added a WHERE NOT EXISTS (SELECT FROM tessera.point_lot l WHERE l.id = a.lot_id))
    OR EXISTS (SELECT FROM (SELECT DISTINCT a.journal_id FROM added a) a
      WHERE NOT EXISTS (SELECT FROM tessera.journal j WHERE j.id = a.journal_id)) THEN
    RAISE EXCEPTION 'a move of points names no lot or no journal' USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'moves_are_of_something';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER moves_are_of_something AFTER INSERT ON tessera.point_move REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION tessera.demand_lots_of_moves();
ALTER TABLE tessera.point_move DROP CONSTRAINT point_move_journal_id_fkey, DROP CONSTRAINT point_move_lot_id_fkey;

-- As in 0005; besides: a lot and its move are written in one pass.
CREATE OR REPLACE FUNCTION tessera.expire_points(store text, business_day date, at timestamptz, batch int, journal uuid, member text) RETURNS jsonb
LANGUAGE plpgsql AS $$
DECLARE
  due bigint[];
  members text[];
  postings jsonb;
  total bigint;
BEGIN
  SELECT array_agg(DISTINCT l.member_id) INTO members FROM (SELECT l.member_id FROM tessera.point_lot l
    WHERE l.remaining > 0 AND l.expires_at <= at AND l.store_id = store AND (member IS NULL OR l.member_id = member)
    ORDER BY l.expires_at LIMIT batch) l;
  IF member IS NOT NULL THEN
    PERFORM 1 FROM tessera.account a
      WHERE a.owner_id = member AND a.account = 'points' AND a.unit = 'points' AND a.owner_type = 'member' FOR UPDATE;
  END IF;
  SELECT array_agg(a.owner_id) INTO members FROM (SELECT a.owner_id FROM unnest(members) AS m (id)
    JOIN tessera.account a ON a.owner_id = m.id AND a.account = 'points' AND a.unit = 'points' AND a.owner_type = 'member'
    ORDER BY a.id FOR UPDATE OF a SKIP LOCKED) a;
  -- what the lots hold now that their accounts are locked
  WITH gone AS MATERIALIZED (
    SELECT l.id, l.member_id, l.remaining FROM unnest(members) AS m (id)
      JOIN tessera.point_lot l ON l.member_id = m.id WHERE l.remaining > 0 AND l.expires_at <= at AND l.store_id = store
  )
  SELECT (SELECT array_agg(g.id) FROM gone g), sum(m.points), jsonb_agg(jsonb_build_object('ownerType', 'member',
      'ownerId', m.member_id, 'account', 'points', 'unit', 'points', 'amount', -m.points))
    INTO due, total, postings
    FROM (SELECT g.member_id, sum(g.remaining) AS points FROM gone g GROUP BY g.member_id) m;
  IF due IS NULL THEN
    RETURN jsonb_build_object('lots', 0, 'points', 0);
  END IF;
  postings := postings || jsonb_build_object('ownerType', 'store', 'ownerId', store, 'account', 'points-expired', 'unit', 'points', 'amount', total);
  PERFORM tessera.post_journals(jsonb_build_array(jsonb_build_object('id', journal, 'kind', 'points-expiry', 'storeId', store,
    'businessDay', business_day, 'occurredAt', at, 'subjectType', 'points-expiry', 'subjectId', journal, 'postings', postings)));
  WITH emptied AS (
    UPDATE tessera.point_lot l SET remaining = 0 WHERE l.id = ANY (due) RETURNING l.id, old.remaining
  )
  INSERT INTO tessera.point_move (journal_id, lot_id, kind, amount) SELECT journal, id, 'expired', -remaining FROM emptied;
  RETURN jsonb_build_object('lots', cardinality(due), 'points', total);
END $$;
