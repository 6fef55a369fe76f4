-- Proves: the Z numbers of every till begin at 1 and have no gaps
SELECT 'till ' || s.till_id AS offender, count(*) || ' closed shifts, highest number ' || max(s.z_number) AS found
FROM tessera.shift s WHERE s.closed_at IS NOT NULL GROUP BY s.till_id
HAVING count(*) <> max(s.z_number) OR min(s.z_number) <> 1 ORDER BY 1
