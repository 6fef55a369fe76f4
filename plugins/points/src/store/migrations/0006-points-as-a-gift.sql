-- Why: whoever gives members something (a birthday gift) gives points in his own statement, as a lot with its own dates (ADR 19).
-- check before: to_regprocedure('tessera.settle_point_debt(uuid,text)') IS NOT NULL
-- check after: to_regprocedure('tessera.give_points(jsonb)') IS NOT NULL

-- { journal, memberId, amount, rule, label, availableFrom, expiresAt }: `PointsGift` in plugins/points/src/public.ts. The member is held by the caller.
CREATE FUNCTION tessera.give_points(gift jsonb) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  journal uuid := (gift->'journal'->>'id')::uuid;
  member text := gift->>'memberId';
  given bigint := (gift->>'amount')::bigint;
BEGIN
  PERFORM tessera.post_journals(jsonb_build_array(gift->'journal'));
  WITH lot AS (
    INSERT INTO tessera.point_lot (member_id, store_id, business_day, journal_id, rule, label, amount, remaining, available_from, expires_at)
    VALUES (member, gift->'journal'->>'storeId', (gift->'journal'->>'businessDay')::date, journal, gift->>'rule', gift->'label',
      given, given, (gift->>'availableFrom')::timestamptz, (gift->>'expiresAt')::timestamptz)
    RETURNING id
  )
  INSERT INTO tessera.point_move (journal_id, lot_id, kind, amount) SELECT journal, id, 'earned', given FROM lot;
  PERFORM tessera.settle_point_debt(journal, member);
END $$;
