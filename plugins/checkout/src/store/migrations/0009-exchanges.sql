-- Why: an exchange is a refund and a sale that stand or fall together; each has to name the other (ADR 12).
-- check before: to_regprocedure('tessera.book_refund(jsonb,jsonb)') IS NOT NULL
-- check after: EXISTS (SELECT FROM pg_attribute WHERE attrelid = 'tessera.refund'::regclass AND attname = 'exchanged_for')

-- The sale that followed in the same transaction; it is booked after its refund, so the reference is looked at when both are there.
ALTER TABLE tessera.refund ADD COLUMN exchanged_for uuid UNIQUE REFERENCES tessera.transaction (id) DEFERRABLE INITIALLY DEFERRED;

-- 0003 says what it does. Besides: `refund` may have `exchangedFor`, the id of the sale to come.
CREATE OR REPLACE FUNCTION tessera.book_refund(booking jsonb, refund jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
  original uuid := (refund->>'originalId')::uuid;
  outcome jsonb;
BEGIN
  PERFORM 1 FROM tessera.transaction t WHERE t.id = original FOR NO KEY UPDATE;
  IF (SELECT count(*) FROM tessera.transaction t WHERE t.refunds_transaction_id = original) <> (refund->>'knownRefunds')::int THEN
    RETURN jsonb_build_object('stale', true);
  END IF;
  outcome := tessera.book_transactions(booking);
  IF outcome ? 'booked' THEN
    INSERT INTO tessera.refund (transaction_id, reason, exchanged_for)
    VALUES ((outcome->'booked'->0->>'id')::uuid, refund->>'reason', (refund->>'exchangedFor')::uuid);
  END IF;
  RETURN outcome;
END $$;
