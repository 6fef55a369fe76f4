-- Why: work that nobody asks for (expiry, tiers, proofs) has to be seen: when it ran, what it did, and that it failed (ADR 9).
-- check before: to_regclass('tessera.job_run') IS NULL
-- check after: to_regclass('tessera.job_run') IS NOT NULL

-- Jobs this installation has ever known. A run that was due before that was not missed.
CREATE TABLE tessera.job (
  code text PRIMARY KEY,
  known_since timestamptz NOT NULL
);

-- One run. It is written twice: when it begins and when it ends. Without an end, it is under way, or its process was killed.
CREATE TABLE tessera.job_run (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  code text NOT NULL REFERENCES tessera.job (code),
  started_at timestamptz NOT NULL,
  ended_at timestamptz CHECK (ended_at >= started_at),
  outcome text CHECK (outcome IN ('done', 'failed', 'broken-off')),
  result jsonb,
  error text,
  -- who wanted it now; null = the schedule did
  asked_by text,
  CHECK ((outcome IS NULL) = (ended_at IS NULL))
);
CREATE INDEX job_run_by_code ON tessera.job_run (code, id DESC);
