-- Why: a file of members is looked at, mapped and checked before it runs; its rows are people, so they are kept only as long as needed.
-- check before: to_regclass('tessera.import_run') IS NOT NULL
-- check after: (SELECT count(*) = 2 FROM information_schema.columns WHERE table_schema = 'tessera' AND table_name LIKE 'import_%' AND column_name IN ('settings', 'faults'))

-- 'draft' = the file is here and nothing has been written yet.
ALTER TABLE tessera.import_run DROP CONSTRAINT import_run_status_check;
ALTER TABLE tessera.import_run ADD CONSTRAINT import_run_status_check
  CHECK (status IN ('draft', 'queued', 'running', 'cancelled', 'failed', 'done'));
-- Of a file of members: how it is read (format, encoding, header), what its columns are, and what the person may write.
ALTER TABLE tessera.import_run ADD COLUMN settings jsonb;
-- Every reason why a row was not taken: [{code, field, line}]; `reason` is the first.
ALTER TABLE tessera.import_set_aside ADD COLUMN faults jsonb;
