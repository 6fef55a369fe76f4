-- Proves: nobody had more of a gift than the limits allowed at the moment it was handed out
WITH kept AS (
  SELECT h.id, count(o.id) AS ever,
    count(o.id) FILTER (WHERE o.business_day BETWEEN h.period_starts_on AND h.period_ends_on) AS in_period
  FROM tessera.gift_handout h JOIN tessera.gift_handout o ON o.member_id = h.member_id AND o.gift_id = h.gift_id AND o.place <= h.place
  LEFT JOIN tessera.gift_return r ON r.handout_id = o.id AND r.place < h.place
  WHERE r.id IS NULL GROUP BY h.id
)
SELECT 'handout ' || h.number AS offender,
  'had ' || k.ever || ' of ' || coalesce(h.limit_per_member::text, '-') || ', in the period ' || k.in_period || ' of '
  || coalesce(h.limit_per_period::text, '-') AS found
FROM tessera.gift_handout h JOIN kept k USING (id)
WHERE k.ever > h.limit_per_member OR k.in_period > h.limit_per_period ORDER BY 1
