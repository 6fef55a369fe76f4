-- Why: a retried request must answer what the first one answered, and nothing may leave the building before its commit.
-- check before: to_regclass('tessera.idempotency') IS NULL
-- check after: to_regclass('tessera.idempotency') IS NOT NULL AND to_regclass('tessera.outbox') IS NOT NULL

-- One row per client-made key; committed together with the effect that it names.
CREATE TABLE tessera.idempotency (
  key uuid PRIMARY KEY,
  request_hash text NOT NULL,
  status smallint NOT NULL,
  response jsonb NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX idempotency_created_at ON tessera.idempotency (created_at);

-- Messages, webhooks and prints to do after commit.
CREATE TABLE tessera.outbox (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  topic text NOT NULL,
  payload jsonb NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  done_at timestamptz
);
CREATE INDEX outbox_open ON tessera.outbox (id) WHERE done_at IS NULL;

-- Refuses every change to a table whose rows are history. Attach as BEFORE UPDATE OR DELETE (row) and BEFORE TRUNCATE (statement).
CREATE FUNCTION tessera.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% on %.% is refused: its rows are history', TG_OP, TG_TABLE_SCHEMA, TG_TABLE_NAME
    USING ERRCODE = 'restrict_violation';
END $$;
