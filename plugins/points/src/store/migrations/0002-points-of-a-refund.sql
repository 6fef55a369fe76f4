-- Why: a refund gives back the points that paid and takes back the points that were earned, from what was booked (ADR 6, ADR 7).
-- check before: to_regprocedure('tessera.take_points(uuid,text,bigint,bigint[])') IS NOT NULL
-- check after: to_regprocedure('tessera.refund_points(jsonb)') IS NOT NULL AND to_regprocedure('tessera.points_of_refund(uuid)') IS NOT NULL

-- What a refund of a sale depends on besides what was booked: `RefundHolding` in plugins/points/src/domain/refund-points.ts.
CREATE FUNCTION tessera.points_of_refund(sale uuid) RETURNS jsonb LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN (SELECT jsonb_build_object(
    'own', coalesce((SELECT sum(l.remaining) FROM tessera.point_lot l WHERE l.journal_id = sale), 0),
    'balance', coalesce((SELECT a.balance FROM tessera.account a
      WHERE a.owner_id = b.member_id AND a.account = 'points' AND a.unit = 'points' AND a.owner_type = 'member'), 0),
    'expired', coalesce((SELECT -sum(m.amount) FROM tessera.point_lot l JOIN tessera.point_move m ON m.lot_id = l.id AND m.kind = 'expired'
        WHERE l.journal_id = sale), 0)
      - coalesce((SELECT sum(r.written_off) FROM tessera.point_booking r WHERE r.refunds_journal_id = sale), 0))
  FROM tessera.point_booking b WHERE b.journal_id = sale);
END $$;

-- Gives points back to the lots they came from, with their dates: what would have lasted longest comes back first.
CREATE FUNCTION tessera.return_points(journal uuid, sale uuid, wanted bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE returned bigint;
BEGIN
  WITH spent AS (
    SELECT m.lot_id AS id, -sum(m.amount) AS amount FROM tessera.point_move m
    WHERE m.kind IN ('redeemed', 'returned')
      AND m.journal_id IN (SELECT sale UNION ALL SELECT b.journal_id FROM tessera.point_booking b WHERE b.refunds_journal_id = sale)
    GROUP BY m.lot_id HAVING sum(m.amount) < 0
  ), ordered AS (
    SELECT s.id, s.amount, sum(s.amount) OVER (ORDER BY l.expires_at DESC NULLS FIRST, l.id DESC) - s.amount AS before
    FROM spent s JOIN tessera.point_lot l ON l.id = s.id
  ), parts AS MATERIALIZED (
    SELECT id, least(amount, wanted - before)::bigint AS amount FROM ordered WHERE before < wanted
  ), raised AS (
    UPDATE tessera.point_lot l SET remaining = l.remaining + p.amount FROM parts p WHERE l.id = p.id
  ), moved AS (
    INSERT INTO tessera.point_move (journal_id, lot_id, kind, amount) SELECT journal, id, 'returned', amount FROM parts
  )
  SELECT coalesce(sum(amount), 0) INTO returned FROM parts;
  IF returned <> wanted THEN
    RAISE EXCEPTION 'sale % spent fewer than % points', sale, wanted USING ERRCODE = 'check_violation';
  END IF;
END $$;

-- TP002: what was known when the refund was priced does not hold any more; it is priced again.
CREATE FUNCTION tessera.refund_points(move jsonb) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  journal uuid := (move->>'journalId')::uuid;
  sale uuid := (move->>'refunds')::uuid;
  member text := move->>'memberId';
  give_back bigint := -(move->>'redeemed')::bigint;
  take_back bigint := -(move->>'earned')::bigint - (move->>'writtenOff')::bigint;
  holding jsonb := tessera.points_of_refund(sale);
BEGIN
  holding := jsonb_set(holding, '{balance}', to_jsonb((holding->>'balance')::bigint - give_back + take_back));
  IF holding <> move->'known' THEN
    RAISE EXCEPTION 'the points of member % have moved', member USING ERRCODE = 'TP002';
  END IF;
  INSERT INTO tessera.point_booking (journal_id, refunds_journal_id, member_id, earned, redeemed, written_off, shares, terms)
  VALUES (journal, sale, member, (move->>'earned')::bigint, (move->>'redeemed')::bigint, (move->>'writtenOff')::bigint, move->'shares',
    move->'terms');
  IF give_back > 0 THEN
    PERFORM tessera.return_points(journal, sale, give_back);
  END IF;
  IF take_back > 0 THEN
    -- the lots of the sale first, then what ends soonest; what nobody has any more is owed
    PERFORM tessera.take_points(journal, 'taken-back', take_back, (
      SELECT array_agg(l.id ORDER BY l.journal_id <> sale, l.expires_at NULLS LAST, l.id) FROM tessera.point_lot l
      WHERE l.member_id = member AND l.remaining > 0));
  END IF;
  PERFORM tessera.settle_point_debt(journal, member);
END $$;
