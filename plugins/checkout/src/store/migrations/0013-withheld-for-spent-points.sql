-- Why: of the money of a refund, the worth of points that were spent may be withheld: a payment of its own, in no drawer (ADR 6).
-- check before: EXISTS (SELECT FROM pg_constraint WHERE conname = 'payment_method_check')
-- check after: EXISTS (SELECT FROM pg_constraint WHERE conname = 'payment_withheld_check')

ALTER TABLE tessera.payment DROP CONSTRAINT payment_method_check;
ALTER TABLE tessera.payment ADD CONSTRAINT payment_method_check
  CHECK (method IN ('cash', 'card', 'transfer', 'stored-value', 'spent-points'));
-- nothing is ever paid by it
ALTER TABLE tessera.payment ADD CONSTRAINT payment_withheld_check CHECK (method <> 'spent-points' OR amount < 0);
