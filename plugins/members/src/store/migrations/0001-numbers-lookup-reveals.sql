-- Why: members are found in milliseconds among a million, get a number of their own, and every reveal is counted.
-- check before: to_regclass('public.members') IS NOT NULL AND to_regclass('public.members_home_store_lnk') IS NOT NULL
-- check after: to_regclass('tessera.reveal_count') IS NOT NULL AND tessera.name_grams('张三') = ARRAY['三','张','张三']

CREATE SEQUENCE tessera.member_no;

-- Numbers may also be typed or imported: those are stepped over.
CREATE FUNCTION tessera.next_member_no() RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  sequence text;
  candidate text;
BEGIN
  LOOP
    sequence := nextval('tessera.member_no')::text;
    candidate := 'M' || lpad(sequence, greatest(6, length(sequence)), '0');
    EXIT WHEN NOT EXISTS (SELECT 1 FROM public.members WHERE member_no = candidate);
  END LOOP;
  RETURN candidate;
END $$;

-- How many reveals a person made on a business day: the row is the lock that makes the limit hold under concurrency.
CREATE TABLE tessera.reveal_count (
  staff_id bigint NOT NULL,
  business_day date NOT NULL,
  reveals integer NOT NULL CHECK (reveals > 0),
  PRIMARY KEY (staff_id, business_day)
);

-- Single 汉字 and pairs of them. pg_trgm finds nothing by fewer than three characters, which most given names have.
CREATE FUNCTION tessera.name_grams(name text) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT coalesce(array_agg(DISTINCT gram COLLATE "C" ORDER BY gram COLLATE "C"), '{}')
  FROM generate_series(1, length(name)) AS place,
    LATERAL (VALUES (substr(name, place, 1)), (substr(name, place, 2))) AS grams (gram)
  WHERE ascii(substr(name, place, 1)) >= 11904 AND ascii(substr(gram, length(gram), 1)) >= 11904
$$;

-- One index per way to search, over those who may be found. Collation "C" so that a prefix is a range on every server;
-- the id makes the order total.
CREATE INDEX members_find_member_no ON public.members ((member_no COLLATE "C"), id)
  WHERE status = 'active' AND archived IS NOT TRUE;
CREATE INDEX members_find_phone_last_4 ON public.members (phone_last_4, id)
  WHERE status = 'active' AND archived IS NOT TRUE;
CREATE INDEX members_find_name ON public.members ((name COLLATE "C"), id)
  WHERE status = 'active' AND archived IS NOT TRUE;
CREATE INDEX members_find_pinyin ON public.members ((replace(name_pinyin, ' ', '') COLLATE "C"), id)
  WHERE status = 'active' AND archived IS NOT TRUE;
CREATE INDEX members_find_given_pinyin ON public.members
  ((replace(substr(name_pinyin, strpos(name_pinyin, ' ') + 1), ' ', '') COLLATE "C"), id)
  WHERE status = 'active' AND archived IS NOT TRUE;
CREATE INDEX members_find_initials ON public.members ((name_initials COLLATE "C"), id)
  WHERE status = 'active' AND archived IS NOT TRUE;
CREATE INDEX members_find_given_initials ON public.members ((substr(name_initials, 2) COLLATE "C"), id)
  WHERE status = 'active' AND archived IS NOT TRUE;
-- No pending list: a search must not pay for the members enrolled before it.
CREATE INDEX members_find_name_grams ON public.members USING gin (tessera.name_grams(name)) WITH (fastupdate = off)
  WHERE status = 'active' AND archived IS NOT TRUE;
