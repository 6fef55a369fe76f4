-- Why: a refund is the exact inverse of a part of one sale; two at once must not take back the same piece twice.
-- check before: to_regprocedure('tessera.book_transactions(jsonb)') IS NOT NULL AND to_regclass('tessera.refund') IS NULL
-- check after: to_regprocedure('tessera.book_refund(jsonb,jsonb)') IS NOT NULL

CREATE INDEX transaction_by_refunded ON tessera.transaction (refunds_transaction_id) WHERE refunds_transaction_id IS NOT NULL;

-- Why the money went back. History, like the transaction it belongs to.
CREATE TABLE tessera.refund (
  transaction_id uuid PRIMARY KEY REFERENCES tessera.transaction (id),
  reason text NOT NULL CHECK (reason <> '')
);
CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON tessera.refund
  FOR EACH ROW EXECUTE FUNCTION tessera.refuse_change();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON tessera.refund
  FOR EACH STATEMENT EXECUTE FUNCTION tessera.refuse_change();

-- Books one refund: `booking` as for `book_transactions`; `refund` is { originalId, knownRefunds, reason }.
-- The sale is locked while its refunds are counted, so of two that were priced upon the same earlier refunds only the first is
-- booked; the other gets { stale: true }, nothing is written, and it is priced again.
CREATE FUNCTION tessera.book_refund(booking jsonb, refund jsonb) RETURNS jsonb LANGUAGE plpgsql AS $$
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
    INSERT INTO tessera.refund (transaction_id, reason) VALUES ((outcome->'booked'->0->>'id')::uuid, refund->>'reason');
  END IF;
  RETURN outcome;
END $$;
