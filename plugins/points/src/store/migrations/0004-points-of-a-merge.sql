-- Why: when two members become one, their points do: the lots change hands with their dates, the balance by an entry; and back (ADR 13).
-- check before: to_regprocedure('tessera.hold_members(text[])') IS NOT NULL AND to_regprocedure('tessera.refund_points(jsonb)') IS NOT NULL
-- check after: to_regprocedure('tessera.merge_points(jsonb)') IS NOT NULL AND to_regprocedure('tessera.unmerge_points(jsonb)') IS NOT NULL
-- check after: pg_get_functiondef('tessera.adjust_points(jsonb)'::regprocedure) LIKE '%hold_members%'

ALTER TABLE tessera.point_move DROP CONSTRAINT point_move_kind_check;
ALTER TABLE tessera.point_move ADD CONSTRAINT point_move_kind_check CHECK (kind IN ('earned', 'redeemed', 'returned', 'taken-back', 'debt-paid',
  'expired', 'adjusted', 'debt-restored', 'passed-on'));
ALTER TABLE tessera.point_move DROP CONSTRAINT point_move_check;
ALTER TABLE tessera.point_move ADD CONSTRAINT point_move_check CHECK ((kind IN ('earned', 'returned', 'debt-restored')) = (amount > 0) AND amount <> 0);

-- A lot changes hands by a merge or its undo only.
DROP TRIGGER refuse_change ON tessera.point_lot;
CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE OF id, store_id, business_day, journal_id, rule, label, amount, available_from, expires_at
  ON tessera.point_lot FOR EACH ROW EXECUTE FUNCTION tessera.refuse_change();
CREATE TRIGGER refuse_other_owner BEFORE UPDATE OF member_id ON tessera.point_lot
  FOR EACH ROW EXECUTE FUNCTION tessera.refuse_other_owner();

-- The lots that the duplicate of a merge brought, and what was left of them then.
CREATE TABLE tessera.point_merge_lot (
  merge_id uuid NOT NULL REFERENCES tessera.member_merge (id),
  lot_id bigint NOT NULL REFERENCES tessera.point_lot (id),
  remaining bigint NOT NULL CHECK (remaining >= 0),
  PRIMARY KEY (merge_id, lot_id)
);
-- What a merge moved: negative when the duplicate owed points. `journal_id` is the entry of it.
CREATE TABLE tessera.point_merge (
  merge_id uuid PRIMARY KEY REFERENCES tessera.member_merge (id),
  journal_id uuid NOT NULL UNIQUE REFERENCES tessera.journal (id),
  brought bigint NOT NULL
);
SELECT tessera.keep_as_history('tessera.point_merge', 'tessera.point_merge_lot');

-- Locks both accounts, as far as there are any, in the order in which journals lock them.
CREATE FUNCTION tessera.lock_points(members text[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM tessera.account a WHERE a.owner_id = ANY (members) AND a.account = 'points' AND a.unit = 'points' AND a.owner_type = 'member'
    ORDER BY a.id FOR UPDATE;
END $$;

CREATE FUNCTION tessera.points_balance(member text) RETURNS bigint LANGUAGE sql STABLE AS $$
  SELECT coalesce((SELECT a.balance FROM tessera.account a
    WHERE a.owner_id = member AND a.account = 'points' AND a.unit = 'points' AND a.owner_type = 'member'), 0)
$$;

-- Posts the journal of a merge or its undo: `amount` goes from one member to the other. Without an amount it has no entries.
CREATE FUNCTION tessera.post_points_between(journal jsonb, source text, target text, amount bigint) RETURNS void LANGUAGE sql AS $$
  SELECT tessera.post_journals(jsonb_build_array(journal || jsonb_build_object('postings', CASE WHEN amount = 0 THEN '[]' ELSE jsonb_build_array(
    jsonb_build_object('ownerType', 'member', 'ownerId', source, 'account', 'points', 'unit', 'points', 'amount', -amount),
    jsonb_build_object('ownerType', 'member', 'ownerId', target, 'account', 'points', 'unit', 'points', 'amount', amount)) END)))
$$;

-- { mergeId, keptId, duplicateId, journal }: everything the duplicate has of points is the other's from now on; debts of the one are paid
-- by lots of the other. Both members are locked by the caller.
CREATE FUNCTION tessera.merge_points(merge jsonb) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  kept text := merge->>'keptId';
  duplicate text := merge->>'duplicateId';
  journal uuid := (merge->'journal'->>'id')::uuid;
  brought bigint;
BEGIN
  PERFORM tessera.lock_points(ARRAY[kept, duplicate]);
  brought := tessera.points_balance(duplicate);
  PERFORM tessera.post_points_between(merge->'journal', duplicate, kept, brought);
  INSERT INTO tessera.point_merge (merge_id, journal_id, brought) VALUES ((merge->>'mergeId')::uuid, journal, brought);
  INSERT INTO tessera.point_merge_lot (merge_id, lot_id, remaining)
  SELECT (merge->>'mergeId')::uuid, l.id, l.remaining FROM tessera.point_lot l WHERE l.member_id = duplicate;
  UPDATE tessera.point_lot SET member_id = kept WHERE member_id = duplicate;
  PERFORM tessera.settle_point_debt(journal, kept);
END $$;

-- Gives back to lots what the merge itself took from them to pay a debt.
CREATE FUNCTION tessera.restore_debt(merge_journal uuid, undo uuid) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  UPDATE tessera.point_lot l SET remaining = l.remaining - m.amount FROM tessera.point_move m
    WHERE m.journal_id = merge_journal AND m.kind = 'debt-paid' AND l.id = m.lot_id;
  INSERT INTO tessera.point_move (journal_id, lot_id, kind, amount)
  SELECT undo, m.lot_id, 'debt-restored', -m.amount FROM tessera.point_move m WHERE m.journal_id = merge_journal AND m.kind = 'debt-paid';
END $$;

-- The same with the journal of the undo. The duplicate gets back what is left of its lots, and as much of its debt as is still owed: what
-- was spent or paid meanwhile stays so. When nothing happened meanwhile, everything is as it was before the merge.
CREATE FUNCTION tessera.unmerge_points(undo jsonb) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  merge uuid := (undo->>'mergeId')::uuid;
  kept text := undo->>'keptId';
  duplicate text := undo->>'duplicateId';
  journal uuid := (undo->'journal'->>'id')::uuid;
  done tessera.point_merge;
  held bigint;
  lots bigint[];
  left_over bigint;
  restored record;
  debt bigint := 0;
BEGIN
  SELECT * INTO done FROM tessera.point_merge g WHERE g.merge_id = merge;
  PERFORM tessera.lock_points(ARRAY[kept, duplicate]);
  held := tessera.points_balance(kept);
  SELECT coalesce(array_agg(b.lot_id), '{}'), coalesce(sum(l.remaining), 0)::bigint INTO lots, left_over
    FROM tessera.point_merge_lot b JOIN tessera.point_lot l ON l.id = b.lot_id WHERE b.merge_id = merge;
  SELECT coalesce(sum(m.amount) FILTER (WHERE m.lot_id = ANY (lots)), 0)::bigint AS own,
    coalesce(sum(m.amount) FILTER (WHERE m.lot_id <> ALL (lots)), 0)::bigint AS others INTO restored FROM tessera.point_move m WHERE m.journal_id = done.journal_id AND m.kind = 'debt-paid';
  IF done.brought < 0 THEN
    debt := -restored.others + least(-done.brought + restored.others, greatest(0, -held));
  END IF;
  PERFORM tessera.post_points_between(undo->'journal', kept, duplicate, left_over - restored.own - debt);
  PERFORM tessera.restore_debt(done.journal_id, journal);
  UPDATE tessera.point_lot SET member_id = duplicate WHERE id = ANY (lots);
  PERFORM tessera.settle_point_debt(journal, kept);
  PERFORM tessera.settle_point_debt(journal, duplicate);
END $$;

-- As in 0002; besides: whose the points are today, so that a merge or its undo makes the refund be priced again.
CREATE OR REPLACE FUNCTION tessera.points_of_refund(sale uuid) RETURNS jsonb LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN (SELECT jsonb_build_object(
    'memberId', n.member_id,
    'own', coalesce((SELECT sum(l.remaining) FROM tessera.point_lot l WHERE l.journal_id = sale), 0),
    'balance', tessera.points_balance(n.member_id),
    'expired', coalesce((SELECT -sum(m.amount) FROM tessera.point_lot l JOIN tessera.point_move m ON m.lot_id = l.id AND m.kind = 'expired'
        WHERE l.journal_id = sale), 0)
      - coalesce((SELECT sum(r.written_off) FROM tessera.point_booking r WHERE r.refunds_journal_id = sale), 0))
  FROM tessera.point_booking b, LATERAL (SELECT tessera.member_now(b.member_id) AS member_id) n WHERE b.journal_id = sale);
END $$;

-- Points that went back to lots which are somebody else's again (a merge was taken back since the sale): whoever spent them has them, in a
-- lot of his own with the same dates.
CREATE FUNCTION tessera.pass_on_points(journal uuid, member text) RETURNS void LANGUAGE sql AS $$
  WITH foreign_lots AS (
    SELECT l.*, m.amount AS returned FROM tessera.point_move m JOIN tessera.point_lot l ON l.id = m.lot_id
    WHERE m.journal_id = journal AND m.kind = 'returned' AND l.member_id <> member
  ), lowered AS (
    UPDATE tessera.point_lot l SET remaining = l.remaining - f.returned FROM foreign_lots f WHERE l.id = f.id
  ), passed AS (
    INSERT INTO tessera.point_move (journal_id, lot_id, kind, amount) SELECT journal, f.id, 'passed-on', -f.returned FROM foreign_lots f
  ), lots AS (
    INSERT INTO tessera.point_lot (member_id, store_id, business_day, journal_id, rule, label, amount, remaining, available_from, expires_at)
    SELECT member, f.store_id, f.business_day, journal, 'returned ' || f.id, f.label, f.returned, f.returned, f.available_from, f.expires_at
    FROM foreign_lots f RETURNING id, amount
  )
  INSERT INTO tessera.point_move (journal_id, lot_id, kind, amount) SELECT journal, id, 'earned', amount FROM lots
$$;

-- As in 0002; besides: what is returned stays with whoever spent it.
CREATE OR REPLACE FUNCTION tessera.refund_points(move jsonb) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  journal uuid := (move->>'journalId')::uuid;
  sale uuid := (move->>'refunds')::uuid;
  member text := move->>'memberId';
  give_back bigint := -(move->>'redeemed')::bigint;
  take_back bigint := -(move->>'earned')::bigint - (move->>'writtenOff')::bigint;
  holding jsonb := tessera.points_of_refund(sale);
BEGIN
  holding := jsonb_set(holding, '{balance}', to_jsonb((holding->>'balance')::bigint - give_back + take_back));
  IF holding <> move->'known' OR holding->>'memberId' <> member THEN
    RAISE EXCEPTION 'the points of member % have moved', member USING ERRCODE = 'TP002';
  END IF;
  INSERT INTO tessera.point_booking (journal_id, refunds_journal_id, member_id, earned, redeemed, written_off, shares, terms)
  VALUES (journal, sale, member, (move->>'earned')::bigint, (move->>'redeemed')::bigint, (move->>'writtenOff')::bigint, move->'shares',
    move->'terms');
  IF give_back > 0 THEN
    PERFORM tessera.return_points(journal, sale, give_back);
    PERFORM tessera.pass_on_points(journal, member);
  END IF;
  IF take_back > 0 THEN
    -- the lots of the sale first, then what ends soonest; what nobody has any more is owed
    PERFORM tessera.take_points(journal, 'taken-back', take_back, (
      SELECT array_agg(l.id ORDER BY l.journal_id <> sale, l.expires_at NULLS LAST, l.id) FROM tessera.point_lot l
      WHERE l.member_id = member AND l.remaining > 0));
  END IF;
  PERFORM tessera.settle_point_debt(journal, member);
END $$;

-- As in 0003; besides: TM001 when the member was merged into another one.
CREATE OR REPLACE FUNCTION tessera.adjust_points(request jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  journal uuid := (request->'journal'->>'id')::uuid;
  member text := request->>'memberId';
  given bigint := (request->>'amount')::bigint;
  answered jsonb := tessera.claim_key((request->>'key')::uuid, request->>'requestHash', request->'response');
BEGIN
  IF answered IS NOT NULL THEN
    RETURN jsonb_build_object('answered', answered);
  END IF;
  PERFORM tessera.hold_members(ARRAY[member]);
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
