-- Why: whoever finds a card must not be able to spend a large sum from it: above an amount the member confirms with a PIN of his own (ADR 10).
-- check before: to_regclass('tessera.card_guest') IS NOT NULL AND to_regprocedure('tessera.claim_key(uuid,text,jsonb)') IS NOT NULL
-- check after: to_regprocedure('tessera.take_pin_attempt(text,timestamptz,int,interval)') IS NOT NULL

-- As staff profiles keep theirs: `hashPin` of access. `failed` = wrong tries in a row.
CREATE TABLE tessera.member_pin (
  member_id text PRIMARY KEY,
  hash text NOT NULL CHECK (hash LIKE 'scrypt$%'),
  set_at timestamptz NOT NULL,
  failed int NOT NULL DEFAULT 0 CHECK (failed >= 0),
  locked_until timestamptz
);

-- Sets or replaces the PIN: { key, requestHash, response, memberId, hash, at, audit }. Tries and locks begin anew.
CREATE FUNCTION tessera.set_member_pin(request jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE answered jsonb;
BEGIN
  answered := tessera.claim_key((request->>'key')::uuid, request->>'requestHash', request->'response');
  IF answered IS NOT NULL THEN
    RETURN jsonb_build_object('answered', answered);
  END IF;
  INSERT INTO tessera.member_pin (member_id, hash, set_at) VALUES (request->>'memberId', request->>'hash', (request->>'at')::timestamptz)
  ON CONFLICT (member_id) DO UPDATE SET hash = EXCLUDED.hash, set_at = EXCLUDED.set_at, failed = 0, locked_until = NULL;
  PERFORM tessera.record_audit(request->'audit');
  RETURN '{}'::jsonb;
END $$;

-- Takes one try before the PIN is compared, so that no number of tills at once guesses more often than `most` times in a row; then nobody
-- does for `pause`. Answers { state: 'not-set' | 'locked' | 'open', until, hash, left }. A right one gives the tries back.
CREATE FUNCTION tessera.take_pin_attempt(member text, at timestamptz, most int, pause interval) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE pin tessera.member_pin;
BEGIN
  SELECT * INTO pin FROM tessera.member_pin p WHERE p.member_id = member FOR UPDATE;
  IF NOT FOUND THEN
    RETURN jsonb_build_object('state', 'not-set');
  END IF;
  IF pin.locked_until > at THEN
    RETURN jsonb_build_object('state', 'locked', 'until', pin.locked_until);
  END IF;
  pin.failed := CASE WHEN pin.locked_until IS NULL THEN pin.failed + 1 ELSE 1 END;
  UPDATE tessera.member_pin p SET failed = pin.failed, locked_until = CASE WHEN pin.failed >= most THEN at + pause END WHERE p.member_id = member;
  RETURN jsonb_build_object('state', 'open', 'hash', pin.hash, 'left', most - pin.failed, 'until', CASE WHEN pin.failed >= most THEN at + pause END);
END $$;
