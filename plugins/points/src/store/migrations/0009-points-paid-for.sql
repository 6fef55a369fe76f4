-- Why: a shop may withhold the worth of points that are taken back and were spent, instead of letting the member owe them (ADR 7).
-- check before: to_regprocedure('tessera.pass_on_points(uuid,text)') IS NOT NULL
-- check after: EXISTS (SELECT FROM information_schema.columns WHERE table_schema = 'tessera' AND table_name = 'point_booking' AND column_name = 'paid_for')

ALTER TABLE tessera.point_booking
  -- of what a refund takes back: spent, and withheld in money
  ADD COLUMN paid_for bigint NOT NULL DEFAULT 0 CHECK (paid_for >= 0);

-- As in 0004; besides: what earlier refunds of the sale withheld money for.
CREATE OR REPLACE FUNCTION tessera.points_of_refund(sale uuid) RETURNS jsonb LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN (SELECT jsonb_build_object(
    'memberId', n.member_id,
    'own', coalesce((SELECT sum(l.remaining) FROM tessera.point_lot l WHERE l.journal_id = sale), 0),
    'balance', tessera.points_balance(n.member_id),
    'expired', coalesce((SELECT -sum(m.amount) FROM tessera.point_lot l JOIN tessera.point_move m ON m.lot_id = l.id AND m.kind = 'expired'
        WHERE l.journal_id = sale), 0) - r.written_off,
    'paidFor', r.paid_for)
  FROM tessera.point_booking b, LATERAL (SELECT tessera.member_now(b.member_id) AS member_id) n,
    LATERAL (SELECT coalesce(sum(k.written_off), 0) AS written_off, coalesce(sum(k.paid_for), 0) AS paid_for
      FROM tessera.point_booking k WHERE k.refunds_journal_id = sale) r
  WHERE b.journal_id = sale);
END $$;

-- As in 0004; besides: what is paid for in money is not taken from anybody.
CREATE OR REPLACE FUNCTION tessera.refund_points(move jsonb) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  journal uuid := (move->>'journalId')::uuid;
  sale uuid := (move->>'refunds')::uuid;
  member text := move->>'memberId';
  give_back bigint := -(move->>'redeemed')::bigint;
  take_back bigint := -(move->>'earned')::bigint - (move->>'writtenOff')::bigint - coalesce((move->>'paidFor')::bigint, 0);
  holding jsonb := tessera.points_of_refund(sale);
BEGIN
  holding := jsonb_set(holding, '{balance}', to_jsonb((holding->>'balance')::bigint - give_back + take_back));
  IF holding <> move->'known' OR holding->>'memberId' <> member THEN
    RAISE EXCEPTION 'the points of member % have moved', member USING ERRCODE = 'TP002';
  END IF;
  INSERT INTO tessera.point_booking (journal_id, refunds_journal_id, member_id, earned, redeemed, written_off, paid_for, shares, terms)
  VALUES (journal, sale, member, (move->>'earned')::bigint, (move->>'redeemed')::bigint, (move->>'writtenOff')::bigint,
    coalesce((move->>'paidFor')::bigint, 0), move->'shares', move->'terms');
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
