-- Why: every plugin keeps tables of history and answers a repeated request; how that is done stands here once.
-- check before: to_regproc('tessera.refuse_change') IS NOT NULL AND to_regclass('tessera.idempotency') IS NOT NULL
-- check after: to_regprocedure('tessera.keep_as_history(regclass[])') IS NOT NULL
-- check after: to_regprocedure('tessera.claim_key(uuid,text,jsonb)') IS NOT NULL

-- From now on the rows of these tables are history: nobody changes, deletes or truncates them.
CREATE FUNCTION tessera.keep_as_history(VARIADIC tables regclass[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE history regclass;
BEGIN
  FOREACH history IN ARRAY tables LOOP
    EXECUTE format('CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON %s
      FOR EACH ROW EXECUTE FUNCTION tessera.refuse_change()', history);
    EXECUTE format('CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON %s
      FOR EACH STATEMENT EXECUTE FUNCTION tessera.refuse_change()', history);
  END LOOP;
END $$;

-- Takes the key for the act of this transaction; whoever has it at this moment is waited for. Null: it is new, and `answer` is kept
-- with the act. Otherwise what the key was answered before: { requestHash, response }. Comes before every other lock.
CREATE FUNCTION tessera.claim_key(wanted uuid, hash text, answer jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO tessera.idempotency (key, request_hash, status, response) VALUES (wanted, hash, 201, answer)
  ON CONFLICT (key) DO NOTHING;
  IF FOUND THEN
    RETURN NULL;
  END IF;
  RETURN (SELECT jsonb_build_object('requestHash', i.request_hash, 'response', i.response)
    FROM tessera.idempotency i WHERE i.key = wanted);
END $$;
