-- Proves: the numbers of every till and business day begin at 1 and have no gaps
SELECT coalesce(t.series, c.series) AS offender,
  coalesce(t.count, 0) || ' transactions, highest number ' || coalesce(t.highest, 0) || ', counter ' || coalesce(c.last_number, 0) AS found
FROM (SELECT regexp_replace(number, '-[0-9]+$', '') AS series, count(*) AS count, max(substring(number FROM '[0-9]+$')::int) AS highest
  FROM tessera.transaction GROUP BY 1) t
FULL JOIN (SELECT till_code || to_char(business_day, '-YYMMDD') AS series, last_number FROM tessera.transaction_counter) c
  ON c.series = t.series
WHERE t.count IS DISTINCT FROM c.last_number OR t.highest IS DISTINCT FROM c.last_number ORDER BY 1
