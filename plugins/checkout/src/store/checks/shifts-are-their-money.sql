-- Proves: what a closed shift expected of every tender is its float, its payments and its cash movements
WITH moved AS (
  SELECT t.shift_id, p.method, sum(p.amount) AS amount FROM tessera.transaction t
  JOIN tessera.payment p ON p.transaction_id = t.id WHERE t.shift_id IS NOT NULL GROUP BY t.shift_id, p.method
  UNION ALL SELECT s.id, 'cash', s.opening_float FROM tessera.shift s
  UNION ALL SELECT m.shift_id, 'cash', CASE m.kind WHEN 'in' THEN m.amount ELSE -m.amount END FROM tessera.cash_movement m
), due AS (
  SELECT m.shift_id, m.method, sum(m.amount) AS amount FROM moved m
  JOIN tessera.shift s ON s.id = m.shift_id AND s.closed_at IS NOT NULL GROUP BY m.shift_id, m.method
)
SELECT 'shift ' || coalesce(d.shift_id, e.shift_id) || ' ' || coalesce(d.method, e.method) AS offender,
  'closed with ' || coalesce(e.expected, 0) || ', moved ' || coalesce(d.amount, 0) AS found
FROM due d FULL JOIN tessera.shift_tender e ON e.shift_id = d.shift_id AND e.method = d.method
WHERE coalesce(d.amount, 0) <> coalesce(e.expected, 0) ORDER BY 1
