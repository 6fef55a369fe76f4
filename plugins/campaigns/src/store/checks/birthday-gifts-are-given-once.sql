-- Proves: a member has one birthday gift a year, 300 days apart, and each gift is its entry of points and its coupon, and they are of a gift
WITH gifts AS (
  SELECT g.*, g.given_on - lag(g.given_on) OVER (PARTITION BY g.member_id ORDER BY g.given_on, g.id) AS apart,
    count(*) OVER (PARTITION BY g.member_id, g.year) AS of_year,
    coalesce((SELECT sum(p.amount) FROM tessera.posting p JOIN tessera.account a ON a.id = p.account_id
      WHERE p.journal_id = g.journal_id AND a.owner_type = 'member' AND a.owner_id = g.member_id AND a.account = 'points'), 0) AS booked,
    (SELECT count(*) FROM tessera.coupon c JOIN tessera.coupon_issue i ON i.id = c.issue_id AND i.kind = 'birthday'
      WHERE c.issue_id = g.issue_id AND c.member_id = g.member_id) AS coupons
  FROM tessera.birthday_gift g
)
SELECT 'birthday gift ' || id AS offender, 'of ' || year || ': ' || of_year || ', ' || coalesce(apart::text, 'no') || ' days after another; points '
  || points || ', booked ' || booked || '; coupons ' || coupons AS found
FROM gifts WHERE of_year > 1 OR apart < 300 OR points <> booked OR coupons <> CASE WHEN issue_id IS NULL THEN 0 ELSE 1 END
UNION ALL
SELECT 'journal ' || j.id, 'points of no birthday gift' FROM tessera.journal j
WHERE j.kind = 'birthday-gift' AND NOT EXISTS (SELECT FROM tessera.birthday_gift g WHERE g.journal_id = j.id)
UNION ALL
SELECT 'coupon issue ' || i.id, 'coupon of no birthday gift' FROM tessera.coupon_issue i
WHERE i.kind = 'birthday' AND NOT EXISTS (SELECT FROM tessera.birthday_gift g WHERE g.issue_id = i.id) ORDER BY 1
