-- Proves: whoever was merged into another has no points left, and every merge moved what its lots held
SELECT 'member ' || a.duplicate_id AS offender, 'lots ' || coalesce(l.remaining, 0) || ', balance ' || tessera.points_balance(a.duplicate_id) AS found
FROM tessera.member_alias a LEFT JOIN (SELECT member_id, count(*) AS lots, sum(remaining) AS remaining FROM tessera.point_lot GROUP BY member_id) l
  ON l.member_id = a.duplicate_id
WHERE coalesce(l.lots, 0) > 0 OR tessera.points_balance(a.duplicate_id) <> 0
UNION ALL
SELECT 'merge ' || g.merge_id, 'moved ' || coalesce(p.amount, 0) || ', brought ' || g.brought || ', lots ' || coalesce(b.remaining, 0)
FROM tessera.point_merge g JOIN tessera.member_merge m ON m.id = g.merge_id
LEFT JOIN (SELECT merge_id, sum(remaining) AS remaining FROM tessera.point_merge_lot GROUP BY merge_id) b ON b.merge_id = g.merge_id
LEFT JOIN (SELECT p.journal_id, a.owner_id, sum(p.amount) AS amount FROM tessera.posting p JOIN tessera.account a ON a.id = p.account_id
  WHERE a.owner_type = 'member' AND a.account = 'points' GROUP BY p.journal_id, a.owner_id) p
  ON p.journal_id = g.journal_id AND p.owner_id = m.kept_id
WHERE coalesce(p.amount, 0) <> g.brought OR greatest(0, g.brought) <> coalesce(b.remaining, 0) ORDER BY 1
