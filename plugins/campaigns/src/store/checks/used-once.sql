-- Proves: a coupon is used by one sale at a time, the one that its history says, and a void one by none
WITH history AS (
  SELECT u.coupon_id, count(*) AS uses, count(e.id) AS given_back, (array_agg(u.transaction_id) FILTER (WHERE e.id IS NULL))[1] AS standing
  FROM tessera.coupon_use u LEFT JOIN tessera.coupon_event e ON e.use_id = u.transaction_id AND e.coupon_id = u.coupon_id
  GROUP BY u.coupon_id
)
SELECT 'coupon ' || c.id AS offender, c.state || ', uses ' || coalesce(h.uses, 0) || ', given back ' || coalesce(h.given_back, 0) AS found
FROM tessera.coupon c LEFT JOIN history h ON h.coupon_id = c.id
WHERE coalesce(h.uses - h.given_back, 0) <> CASE WHEN c.state = 'used' THEN 1 ELSE 0 END
  OR h.standing IS DISTINCT FROM c.used_by ORDER BY c.id
