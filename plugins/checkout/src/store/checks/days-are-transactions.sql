-- Proves: what is counted of members per day is what was booked
SELECT 'member ' || coalesce(d.member_id, b.member_id) || ', ' || coalesce(d.business_day, b.business_day) AS offender,
  'counted ' || coalesce(d.spend, 0) || ' / ' || coalesce(d.points, 0) || ', booked ' || coalesce(b.spend, 0) || ' / ' || coalesce(b.points, 0) AS found
FROM tessera.member_day d FULL JOIN tessera.member_day_as_booked b USING (member_id, business_day, currency)
WHERE (d.spend, d.points) IS DISTINCT FROM (b.spend, b.points) ORDER BY 1
