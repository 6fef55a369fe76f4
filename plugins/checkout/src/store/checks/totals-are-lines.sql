-- Proves: every transaction is the sum of its lines: list price, price and tax
SELECT t.number AS offender, 'lines ' || concat_ws(' / ', coalesce(l.list, 0), coalesce(l.amount, 0), coalesce(l.tax, 0))
  || ', transaction ' || concat_ws(' / ', t.list_amount, t.payable, t.tax) AS found
FROM tessera.transaction t LEFT JOIN (SELECT transaction_id, sum(list_amount) AS list, sum(amount) AS amount, sum(tax_amount) AS tax
  FROM tessera.transaction_line GROUP BY transaction_id) l ON l.transaction_id = t.id
WHERE (t.list_amount, t.payable, t.tax) IS DISTINCT FROM (coalesce(l.list, 0), coalesce(l.amount, 0), coalesce(l.tax, 0)) ORDER BY 1
