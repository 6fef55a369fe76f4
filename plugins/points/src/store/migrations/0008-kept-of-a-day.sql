-- Why: a cap per day counted what was earned and taken back again by a refund of the same sale; it counts what the member keeps (ADR 7).
-- check before: to_regprocedure('tessera.points_facts(text,timestamptz)') IS NOT NULL AND to_regclass('tessera.point_booking_by_refunded') IS NOT NULL
-- check after: pg_get_functiondef('tessera.points_facts(text,timestamptz)'::regprocedure) LIKE '%kept_of_day%'

-- What a member earned per business day and rule since `since`, less what refunds of the same sales took back: their total, shared among the
-- lots of the sale by running totals, so that the parts add up to it. [[businessDay, rule, points]]
CREATE FUNCTION tessera.kept_of_day(member text, since date) RETURNS jsonb LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN (SELECT coalesce(jsonb_agg(jsonb_build_array(e.business_day, e.rule, e.points)), '[]') FROM (
    SELECT s.business_day, s.rule, sum(CASE WHEN s.back = 0 THEN s.amount
        ELSE s.amount - div(s.back::numeric * s.upto, s.whole) + div(s.back::numeric * (s.upto - s.amount), s.whole) END)::bigint AS points
    FROM (SELECT l.business_day, l.rule, l.amount, sum(l.amount) OVER (PARTITION BY l.journal_id ORDER BY l.id) AS upto,
        sum(l.amount) OVER (PARTITION BY l.journal_id) AS whole,
        coalesce((SELECT -sum(b.earned) FROM tessera.point_booking b WHERE b.refunds_journal_id = l.journal_id), 0) AS back
      FROM tessera.point_lot l WHERE l.member_id = member AND l.business_day >= since) s
    GROUP BY s.business_day, s.rule) e);
END $$;

-- As in 0001; `earned` is what is kept of it.
CREATE OR REPLACE FUNCTION tessera.points_facts(member text, at timestamptz) RETURNS jsonb LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN (SELECT jsonb_build_object(
    'version', (SELECT version FROM tessera.points_version),
    'available', coalesce(sum(l.remaining) FILTER (WHERE l.available_from <= at AND (l.expires_at IS NULL OR l.expires_at > at)), 0),
    'pending', coalesce(sum(l.remaining) FILTER (WHERE l.available_from > at), 0),
    'earned', tessera.kept_of_day(member, (at AT TIME ZONE 'UTC')::date - 2))
  FROM tessera.point_lot l WHERE l.member_id = member AND l.remaining > 0);
END $$;
