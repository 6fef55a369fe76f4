-- Why: a session keeps the plan that it first made for `demand_balance`. Made for a journal of 1,000 members it read every account, and so did
-- every sale that came after it on the same connection.
-- check before: to_regprocedure('tessera.demand_balance()') IS NOT NULL
-- check after: (SELECT proconfig IS NOT NULL FROM pg_proc WHERE oid = 'tessera.demand_balance()'::regprocedure)

ALTER FUNCTION tessera.demand_balance() SET enable_hashjoin = off;
ALTER FUNCTION tessera.demand_balance() SET enable_mergejoin = off;
ALTER FUNCTION tessera.demand_balance() SET enable_seqscan = off;
