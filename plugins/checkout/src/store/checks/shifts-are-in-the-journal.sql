-- Proves: float, cash movements and count of every shift stand in the journal of its till, and a closed shift leaves its drawer empty
WITH booked AS (
  SELECT j.subject_type, j.subject_id, sum(p.amount) AS amount FROM tessera.journal j
  JOIN tessera.posting p ON p.journal_id = j.id
  JOIN tessera.account a ON a.id = p.account_id AND a.owner_type = 'till' AND a.account = 'cash'
  WHERE j.subject_type IN ('shift', 'cash-movement') GROUP BY j.subject_type, j.subject_id
), due AS (
  SELECT 'cash-movement' AS subject_type, m.id::text AS subject_id, CASE m.kind WHEN 'in' THEN m.amount ELSE -m.amount END AS amount
  FROM tessera.cash_movement m
  UNION ALL SELECT 'shift', s.id::text, s.opening_float - coalesce((SELECT e.expected FROM tessera.shift_tender e
    WHERE e.shift_id = s.id AND e.method = 'cash'), 0) FROM tessera.shift s
)
SELECT coalesce(d.subject_type || ' ' || d.subject_id, b.subject_type || ' ' || b.subject_id) AS offender,
  'journal ' || coalesce(b.amount, 0) || ', shift ' || coalesce(d.amount, 0) AS found
FROM due d FULL JOIN booked b USING (subject_type, subject_id)
WHERE coalesce(d.amount, 0) <> coalesce(b.amount, 0) ORDER BY 1
