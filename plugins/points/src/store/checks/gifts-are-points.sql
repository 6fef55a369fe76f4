-- Proves: every gift took exactly its points from its member, and every one that came back gave exactly these back, to him or to whom he was merged into then
WITH booked AS (
  SELECT h.id, 'handout ' || h.number AS name, -h.points AS points, h.member_id FROM tessera.gift_handout h
  UNION ALL SELECT r.id, 'return of ' || h.number, h.points, h.member_id FROM tessera.gift_return r JOIN tessera.gift_handout h ON h.id = r.handout_id
), moved AS (
  SELECT m.journal_id AS id, sum(m.amount) AS points FROM tessera.point_move m WHERE m.kind IN ('redeemed', 'returned') GROUP BY m.journal_id
), posted AS (
  SELECT p.journal_id AS id, sum(p.amount) AS points, min(a.owner_id) AS member_id FROM tessera.posting p
  JOIN tessera.account a ON a.id = p.account_id AND a.owner_type = 'member' AND a.account = 'points' GROUP BY p.journal_id
)
SELECT coalesce(b.name, 'journal ' || j.id) AS offender,
  'gift ' || coalesce(b.points, 0) || ', lots ' || coalesce(m.points, 0) || ', balance ' || coalesce(p.points, 0) AS found
FROM (SELECT id, kind, reverses FROM tessera.journal WHERE kind IN ('gift', 'gift-return')) j
FULL JOIN booked b ON b.id = j.id LEFT JOIN moved m ON m.id = b.id LEFT JOIN posted p ON p.id = b.id
WHERE j.id IS NULL OR b.id IS NULL OR b.points IS DISTINCT FROM m.points OR b.points IS DISTINCT FROM p.points
  OR (p.member_id <> b.member_id AND (b.points < 0 OR p.member_id NOT IN (SELECT kept_id FROM tessera.member_merge))) ORDER BY 1
