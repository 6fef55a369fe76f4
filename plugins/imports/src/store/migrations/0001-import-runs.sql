-- Why: an import must say what it did with every row, and go on where it stopped, whatever stopped it.
-- check before: to_regclass('tessera.import_run') IS NULL AND to_regprocedure('tessera.book_transactions(jsonb)') IS NOT NULL
-- check after: to_regclass('tessera.import_set_aside') IS NOT NULL

-- One import of one file. What it did is counted in `tally`, in the transaction of every batch.
CREATE TABLE tessera.import_run (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  profile text NOT NULL,
  store_code text NOT NULL,
  file_name text NOT NULL,
  file_path text NOT NULL,
  file_bytes bigint NOT NULL,
  file_hash text NOT NULL,
  status text NOT NULL CHECK (status IN ('queued', 'running', 'cancelled', 'failed', 'done')),
  is_cancel_requested boolean NOT NULL DEFAULT false,
  -- null = the system itself: command line, demo store
  staff_id bigint,
  staff_name text NOT NULL,
  created_at timestamptz NOT NULL,
  finished_at timestamptz,
  progress jsonb NOT NULL,
  -- every invoice whose last line is not above it has been dealt with
  checkpoint_line int NOT NULL DEFAULT 0,
  tally jsonb NOT NULL,
  reconciliation jsonb,
  error jsonb
);
-- One at a time, whoever asks and on whichever node.
CREATE UNIQUE INDEX import_run_live ON tessera.import_run ((true)) WHERE status IN ('queued', 'running');
CREATE INDEX import_run_by_file ON tessera.import_run (file_hash, id);

-- Rows that were not booked, as they stand in the file. `amount` in thousandths; null = unreadable.
CREATE TABLE tessera.import_set_aside (
  run_id uuid NOT NULL REFERENCES tessera.import_run (id) ON DELETE CASCADE,
  line_no int NOT NULL,
  reason text NOT NULL,
  amount bigint,
  fields text[] NOT NULL,
  PRIMARY KEY (run_id, line_no)
);
