-- Proves: every count of uses is the number of uses that stand, and no limit is passed
WITH standing AS (
  SELECT k."templateId" AS template_id, k."memberId" AS member_id, k.period, count(*) AS uses
  FROM tessera.coupon_use u JOIN tessera.coupon c ON c.id = u.coupon_id AND c.used_by = u.transaction_id,
    jsonb_to_recordset(u.counters) AS k ("templateId" text, "memberId" text, period text) GROUP BY 1, 2, 3
)
SELECT 'template ' || template_id || ' ' || concat_ws(' ', nullif(member_id, ''), nullif(period, '')) AS offender,
  'counted ' || coalesce(k.used, 0) || ' of ' || coalesce(k.ceiling, 0) || ', uses ' || coalesce(s.uses, 0) AS found
FROM tessera.coupon_counter k FULL JOIN standing s USING (template_id, member_id, period)
WHERE coalesce(k.used, 0) <> coalesce(s.uses, 0) OR k.used > k.ceiling ORDER BY 1
