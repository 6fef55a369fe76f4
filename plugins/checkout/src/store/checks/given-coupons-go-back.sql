-- Proves: coupons that came with a top-up are as many as were promised for what was sold, and none of them can be used once all of it was taken back
WITH taken AS (
  SELECT t.refunds_transaction_id AS id, l.line_no, -sum(l.quantity) AS pieces FROM tessera.transaction t
  JOIN tessera.transaction_line l ON l.transaction_id = t.id WHERE t.refunds_transaction_id IS NOT NULL GROUP BY 1, 2
)
SELECT 'issue ' || g.issue_id AS offender, 'pieces ' || g.pieces || ', left ' || g.pieces_left || '; sold ' || coalesce(l.quantity, 0)
  || ', taken back ' || coalesce(k.pieces, 0) || ', coupons ' || i.count || ', open ' || o.open AS found
FROM tessera.coupon_grant g JOIN tessera.coupon_issue i ON i.id = g.issue_id
LEFT JOIN tessera.transaction_line l ON l.transaction_id = g.transaction_id AND l.line_no = g.line_no AND l.kind = 'card-plan'
LEFT JOIN taken k ON k.id = g.transaction_id AND k.line_no = g.line_no
CROSS JOIN LATERAL (SELECT count(*) AS open FROM tessera.coupon c WHERE c.issue_id = g.issue_id AND c.state = 'open') o
WHERE l.quantity IS DISTINCT FROM g.pieces OR g.pieces_left <> g.pieces - coalesce(k.pieces, 0) OR i.count % g.pieces <> 0 OR i.kind <> 'with-top-up'
  OR (g.pieces_left = 0 AND o.open > 0) ORDER BY 1
