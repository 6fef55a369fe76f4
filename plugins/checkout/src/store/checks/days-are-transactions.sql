-- Proves: what is counted of members per day is what was booked
SELECT 'member ' || coalesce(d.member_id, b.member_id) || ', ' || coalesce(d.business_day, b.business_day) AS offender,
  'counted ' || concat_ws(' / ', coalesce(d.spend, 0), coalesce(d.points, 0), coalesce(d.topped_up, 0))
    || ', booked ' || concat_ws(' / ', coalesce(b.spend, 0), coalesce(b.points, 0), coalesce(b.topped_up, 0)) AS found
FROM tessera.member_day d FULL JOIN tessera.member_day_as_booked b USING (member_id, business_day, currency)
WHERE (d.spend, d.points, d.topped_up) IS DISTINCT FROM (b.spend, b.points, b.topped_up) ORDER BY 1
