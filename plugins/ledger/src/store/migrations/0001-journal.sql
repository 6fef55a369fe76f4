-- Why: everything counted (money now; points, stored value, stock later) moves as balanced entries that nobody can change afterwards.
-- check before: to_regclass('tessera.journal') IS NULL AND to_regproc('tessera.refuse_change') IS NOT NULL
-- check after: to_regclass('tessera.posting') IS NOT NULL AND to_regprocedure('tessera.post_journals(jsonb)') IS NOT NULL

-- Accounts that may not fall below a value. What is not listed here may go either way.
CREATE TABLE tessera.account_floor (
  owner_type text NOT NULL,
  account text NOT NULL,
  min_balance bigint NOT NULL,
  PRIMARY KEY (owner_type, account)
);

-- What one owner has of one unit. `balance` = Σ amount of its postings, kept while posting.
CREATE TABLE tessera.account (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  owner_type text NOT NULL,
  owner_id text NOT NULL,
  account text NOT NULL,
  unit text NOT NULL,
  balance bigint NOT NULL DEFAULT 0,
  min_balance bigint,
  UNIQUE (owner_id, account, unit, owner_type),
  CONSTRAINT account_floor_held CHECK (balance >= min_balance)
) WITH (fillfactor = 50);

-- One event that moved something. A reversal names what it takes back; nothing is taken back twice.
CREATE TABLE tessera.journal (
  id uuid PRIMARY KEY,
  kind text NOT NULL,
  store_id text NOT NULL,
  business_day date NOT NULL,
  occurred_at timestamptz NOT NULL,
  staff_id bigint,
  subject_type text NOT NULL,
  subject_id text NOT NULL,
  reverses uuid UNIQUE REFERENCES tessera.journal (id),
  posted_at timestamptz NOT NULL DEFAULT now(),
  CHECK (reverses <> id)
);
CREATE INDEX journal_by_subject ON tessera.journal (subject_id, subject_type);
CREATE INDEX journal_by_store ON tessera.journal (store_id, business_day);

CREATE TABLE tessera.posting (
  journal_id uuid NOT NULL REFERENCES tessera.journal (id),
  entry smallint NOT NULL,
  account_id bigint NOT NULL REFERENCES tessera.account (id),
  amount bigint NOT NULL CHECK (amount <> 0),
  balance_after bigint NOT NULL,
  PRIMARY KEY (journal_id, entry)
);
CREATE INDEX posting_by_account ON tessera.posting (account_id, journal_id);

DO $$
DECLARE history text;
BEGIN
  FOREACH history IN ARRAY ARRAY['tessera.journal', 'tessera.posting'] LOOP
    EXECUTE format('CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE ON %s
      FOR EACH ROW EXECUTE FUNCTION tessera.refuse_change()', history);
    EXECUTE format('CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON %s
      FOR EACH STATEMENT EXECUTE FUNCTION tessera.refuse_change()', history);
  END LOOP;
END $$;
-- An account is never lost and never becomes another's; only its balance moves.
CREATE TRIGGER refuse_change BEFORE DELETE OR UPDATE OF id, owner_type, owner_id, account, unit ON tessera.account
  FOR EACH ROW EXECUTE FUNCTION tessera.refuse_change();
CREATE TRIGGER refuse_truncate BEFORE TRUNCATE ON tessera.account
  FOR EACH STATEMENT EXECUTE FUNCTION tessera.refuse_change();

-- Whoever inserts postings, by whatever route: the postings of one statement must balance per journal and unit.
CREATE FUNCTION tessera.demand_balance() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE unbalanced record;
BEGIN
  SELECT p.journal_id, a.unit, sum(p.amount) AS off INTO unbalanced
    FROM posted p JOIN tessera.account a ON a.id = p.account_id
    GROUP BY p.journal_id, a.unit HAVING sum(p.amount) <> 0 LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'journal % is off by % %', unbalanced.journal_id, unbalanced.off, unbalanced.unit
      USING ERRCODE = 'check_violation', CONSTRAINT = 'journal_balances';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER journal_balances AFTER INSERT ON tessera.posting REFERENCING NEW TABLE AS posted
  FOR EACH STATEMENT EXECUTE FUNCTION tessera.demand_balance();

-- Posts one or thousands of journals: an array of `Journal` (plugins/ledger/src/public.ts), in the order given.
-- Accounts are created first, then locked in id order, so two posters never wait for each other in a circle: call it
-- once per transaction. A floor that would be broken, or a journal that does not balance, fails the whole call (23514).
CREATE FUNCTION tessera.post_journals(journals jsonb) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO tessera.journal (id, kind, store_id, business_day, occurred_at, staff_id, subject_type, subject_id, reverses)
  SELECT j.id, j.kind, j."storeId", j."businessDay", j."occurredAt", j."staffId", j."subjectType", j."subjectId", j.reverses
  FROM jsonb_to_recordset(journals) AS j (id uuid, kind text, "storeId" text, "businessDay" date, "occurredAt" timestamptz,
    "staffId" bigint, "subjectType" text, "subjectId" text, reverses uuid);

  INSERT INTO tessera.account (owner_type, owner_id, account, unit, min_balance)
  SELECT p."ownerType", p."ownerId", p.account, p.unit, f.min_balance
  FROM (SELECT DISTINCT p."ownerType", p."ownerId", p.account, p.unit
    FROM jsonb_array_elements(journals) AS j,
      jsonb_to_recordset(j->'postings') AS p ("ownerType" text, "ownerId" text, account text, unit text)) p
  LEFT JOIN tessera.account_floor f ON f.owner_type = p."ownerType" AND f.account = p.account
  WHERE NOT EXISTS (SELECT 1 FROM tessera.account a WHERE a.owner_id = p."ownerId" AND a.account = p.account
    AND a.unit = p.unit AND a.owner_type = p."ownerType")
  ORDER BY p."ownerId", p.account, p.unit, p."ownerType"
  ON CONFLICT (owner_id, account, unit, owner_type) DO NOTHING;

  WITH wanted AS MATERIALIZED (
    SELECT (j.item->>'id')::uuid AS journal_id, j.place, p.place AS entry, a.id AS account_id, (p.item->>'amount')::bigint AS amount
    FROM jsonb_array_elements(journals) WITH ORDINALITY AS j (item, place),
      jsonb_array_elements(j.item->'postings') WITH ORDINALITY AS p (item, place)
    JOIN tessera.account a ON a.owner_id = p.item->>'ownerId' AND a.account = p.item->>'account'
      AND a.unit = p.item->>'unit' AND a.owner_type = p.item->>'ownerType'
  ), locked AS MATERIALIZED (
    SELECT a.id, a.balance FROM tessera.account a WHERE a.id IN (SELECT account_id FROM wanted) ORDER BY a.id FOR UPDATE
  ), posted AS (
    INSERT INTO tessera.posting (journal_id, entry, account_id, amount, balance_after)
    SELECT w.journal_id, w.entry, w.account_id, w.amount,
      l.balance + sum(w.amount) OVER (PARTITION BY w.account_id ORDER BY w.place, w.entry)
    FROM wanted w JOIN locked l ON l.id = w.account_id
    ORDER BY w.place, w.entry
  )
  UPDATE tessera.account a SET balance = l.balance + d.moved
  FROM (SELECT account_id, sum(amount) AS moved FROM wanted GROUP BY account_id) d JOIN locked l ON l.id = d.account_id
  WHERE a.id = d.account_id;
END $$;
