-- Proves: every issue has as many coupons as it says, with its terms and dates
SELECT 'issue ' || i.id AS offender, 'said ' || i.count || ', are ' || count(c.id) AS found
FROM tessera.coupon_issue i LEFT JOIN tessera.coupon c ON c.issue_id = i.id AND c.terms_id = i.terms_id AND c.template_id = i.template_id
  AND c.valid_from = i.valid_from AND c.valid_until IS NOT DISTINCT FROM i.valid_until
GROUP BY i.id, i.count HAVING count(c.id) <> i.count ORDER BY 1
