-- Why: who guesses passwords is slowed down on every node alike, and a restart does not start the count anew.
-- check before: to_regclass('tessera.login_failure') IS NULL
-- check after: to_regclass('tessera.login_failure') IS NOT NULL

-- `key` is a hash of account, or of account and device: no address of anybody is kept here.
CREATE TABLE tessera.login_failure (
  key text PRIMARY KEY,
  failures integer NOT NULL,
  since timestamptz NOT NULL
);
CREATE INDEX login_failure_by_age ON tessera.login_failure (since);
