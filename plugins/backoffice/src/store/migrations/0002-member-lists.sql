-- Why: lists of a million members and of the trail stay fast in every order they offer, and `q` finds parts of words.
-- check before: to_regclass('public.members') IS NOT NULL AND to_regclass('tessera.audit') IS NOT NULL
-- check after: to_regclass('public.members_search') IS NOT NULL AND to_regclass('tessera.audit_by_time') IS NOT NULL

CREATE EXTENSION IF NOT EXISTS pg_trgm;

-- One per sortable column, with the tie-break; read backwards it serves the other direction.
CREATE INDEX members_by_name ON public.members (name, id);
CREATE INDEX members_by_birthday ON public.members (birthday, id);
CREATE INDEX members_by_status ON public.members (status, id);
CREATE INDEX members_by_joined_at ON public.members (joined_at, id);
CREATE INDEX members_by_consent_at ON public.members (consent_at, id);
CREATE INDEX members_archived ON public.members (id) WHERE archived;
CREATE INDEX members_tags ON public.members USING gin (tags jsonb_path_ops);
CREATE INDEX members_search ON public.members
  USING gin (name gin_trgm_ops, name_pinyin gin_trgm_ops, name_initials gin_trgm_ops, member_no gin_trgm_ops, phone gin_trgm_ops);

CREATE INDEX audit_by_time ON tessera.audit (at, (id::text));
