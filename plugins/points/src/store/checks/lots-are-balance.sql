-- Proves: what is left of a member's lots is his balance, and nothing is left when he owes points
SELECT 'member ' || coalesce(l.member_id, a.owner_id) AS offender, 'lots ' || coalesce(l.remaining, 0) || ', balance ' || coalesce(a.balance, 0) AS found
FROM (SELECT member_id, sum(remaining) AS remaining FROM tessera.point_lot GROUP BY member_id) l
FULL JOIN (SELECT owner_id, balance FROM tessera.account WHERE owner_type = 'member' AND account = 'points' AND unit = 'points') a
  ON a.owner_id = l.member_id
WHERE coalesce(l.remaining, 0) <> greatest(0, coalesce(a.balance, 0)) ORDER BY 1
