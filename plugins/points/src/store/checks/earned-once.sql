-- Proves: every sale gave its points once per rule, as its booking says, and its refunds took back no more
WITH lots AS (
  SELECT journal_id, sum(amount) AS points, count(*) - count(DISTINCT rule) AS doubled FROM tessera.point_lot GROUP BY journal_id
), back AS (
  SELECT refunds_journal_id, sum(earned) AS earned, sum(redeemed) AS redeemed FROM tessera.point_booking
  WHERE refunds_journal_id IS NOT NULL GROUP BY refunds_journal_id
), spent AS (
  SELECT journal_id, -sum(amount) AS points FROM tessera.point_move WHERE kind = 'redeemed' GROUP BY journal_id
)
SELECT 'sale ' || b.journal_id AS offender, 'earned ' || b.earned || ', lots ' || coalesce(l.points, 0) || ', redeemed ' || b.redeemed
  || ', moves ' || coalesce(s.points, 0) || ', refunds ' || coalesce(k.earned, 0) || ' / ' || coalesce(k.redeemed, 0) AS found
FROM tessera.point_booking b LEFT JOIN lots l USING (journal_id) LEFT JOIN spent s USING (journal_id)
LEFT JOIN back k ON k.refunds_journal_id = b.journal_id
WHERE b.refunds_journal_id IS NULL AND (b.earned <> coalesce(l.points, 0) OR coalesce(l.doubled, 0) > 0
  OR b.redeemed <> coalesce(s.points, 0) OR b.earned + coalesce(k.earned, 0) < 0 OR b.redeemed + coalesce(k.redeemed, 0) < 0) ORDER BY 1
