-- Why: whoever was merged into another member kept a PIN that the kept one could not pay with; a PIN is looked up under every number of the person (ADR 10, 13).
-- check before: to_regclass('tessera.member_pin') IS NOT NULL AND to_regprocedure('tessera.member_family(text)') IS NOT NULL
-- check after: to_regprocedure('tessera.pin_holder(text)') IS NOT NULL
-- check after: pg_get_functiondef('tessera.take_pin_attempt(text,timestamptz,int,interval)'::regprocedure) LIKE '%pin_holder%'

-- Under which number of a person his PIN stands: his own, or else the one that was set last of those merged into him. Nothing moves, so an
-- undo gives everybody back what he had.
CREATE FUNCTION tessera.pin_holder(member text) RETURNS text LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN (SELECT p.member_id FROM tessera.member_pin p WHERE p.member_id = ANY (tessera.member_family(member))
    ORDER BY p.member_id <> member, p.set_at DESC, p.member_id LIMIT 1);
END $$;

-- As in 0005; besides: of the family, and the answer to an open try says whose PIN it is: `holder`.
CREATE OR REPLACE FUNCTION tessera.take_pin_attempt(member text, at timestamptz, most int, pause interval) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE pin tessera.member_pin;
BEGIN
  SELECT * INTO pin FROM tessera.member_pin p WHERE p.member_id = tessera.pin_holder(member) FOR UPDATE;
  IF NOT FOUND THEN
    RETURN jsonb_build_object('state', 'not-set');
  END IF;
  IF pin.locked_until > at THEN
    RETURN jsonb_build_object('state', 'locked', 'until', pin.locked_until);
  END IF;
  pin.failed := CASE WHEN pin.locked_until IS NULL THEN pin.failed + 1 ELSE 1 END;
  UPDATE tessera.member_pin p SET failed = pin.failed, locked_until = CASE WHEN pin.failed >= most THEN at + pause END
    WHERE p.member_id = pin.member_id;
  RETURN jsonb_build_object('state', 'open', 'holder', pin.member_id, 'hash', pin.hash, 'left', most - pin.failed,
    'until', CASE WHEN pin.failed >= most THEN at + pause END);
END $$;
