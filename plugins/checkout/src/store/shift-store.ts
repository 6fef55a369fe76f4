import type { Sql } from '@tessera/kernel/public';
import type { Shift, ShiftFigures, ShiftTender } from '../contracts';
import type { StoredShift, StoreFacts, Taken, TillFacts } from '../domain';
import { storeFacts, tillFacts } from './place-facts';

interface Person {
  id: string;
  name: string;
}

interface ShiftRow {
  id: string;
  storeId: string;
  tillId: string;
  currency: string;
  businessDay: string;
  zNumber: number | null;
  openedBy: Person;
  openedAt: string;
  holder: Person;
  closedBy: Person | null;
  closedAt: string | null;
  pieces: Shift['float']['pieces'];
  float: number;
  differenceReason: string | null;
  movements: Shift['movements'];
  handovers: (Shift['handovers'][number] & { expected: number })[];
  counts: ShiftFigures['counts'];
  closedWith: ShiftTender[];
  taken: Taken[];
  staff: ShiftFigures['staff'];
  totals: Pick<ShiftFigures, 'sales' | 'refunds' | 'discount' | 'tax' | 'rounding' | 'firstNumber' | 'lastNumber'>;
}

const person = (id: string, name: string) => `json_build_object('id', ${id}::text, 'name', ${name})`;

const MOVEMENTS = `coalesce((SELECT json_agg(json_build_object('id', m.id, 'kind', m.kind, 'amount', m.amount, 'reason', m.reason,
    'staff', ${person('m.staff_id', 'm.staff_name')}, 'occurredAt', m.occurred_at) ORDER BY m.occurred_at, m.id)
  FROM tessera.cash_movement m WHERE m.shift_id = s.id), '[]')`;

const HANDOVERS = `coalesce((SELECT json_agg(json_build_object('from', ${person('h.from_id', 'h.from_name')},
    'to', ${person('h.to_id', 'h.to_name')}, 'occurredAt', h.occurred_at, 'counted', h.counted_cash, 'expected', h.expected_cash)
    ORDER BY h.entry) FROM tessera.shift_handover h WHERE h.shift_id = s.id), '[]')`;

const COUNTS = `coalesce((SELECT json_agg(json_build_object('staff', ${person('c.staff_id', 'c.staff_name')},
    'occurredAt', c.occurred_at, 'cash', c.cash, 'tenders', c.tenders) ORDER BY c.entry)
  FROM tessera.shift_count c WHERE c.shift_id = s.id), '[]')`;

/** In the order of the contract: cash, card, transfer, the rest by name. */
const CLOSED_WITH = `coalesce((SELECT json_agg(json_build_object('method', e.method, 'sales', e.sales, 'refunds', e.refunds,
    'expected', e.expected, 'counted', e.counted, 'difference', e.difference)
    ORDER BY array_position(ARRAY['cash', 'card', 'transfer'], e.method), e.method)
  FROM tessera.shift_tender e WHERE e.shift_id = s.id), '[]')`;

const TAKEN = `coalesce((SELECT json_agg(k) FROM (SELECT p.method, coalesce(sum(p.amount) FILTER (WHERE t.kind = 'sale'), 0) AS sales,
    coalesce(sum(p.amount) FILTER (WHERE t.kind = 'refund'), 0) AS refunds
  FROM tessera.transaction t JOIN tessera.payment p ON p.transaction_id = t.id WHERE t.shift_id = s.id GROUP BY p.method) k), '[]')`;

const STAFF = `coalesce((SELECT json_agg(k ORDER BY k.paid DESC, k.id) FROM (SELECT t.staff_id::text AS id, max(t.staff_name) AS name,
    count(*) AS count, sum(t.paid) AS paid FROM tessera.transaction t WHERE t.shift_id = s.id GROUP BY t.staff_id) k), '[]')`;

const kind = (name: 'sale' | 'refund') => `json_build_object('count', count(*) FILTER (WHERE t.kind = '${name}'),
    'amount', coalesce(sum(t.paid) FILTER (WHERE t.kind = '${name}'), 0))`;
/** Numbers of the till in the order they were given: per business day, then as numbers, not as text. */
const numbers = (direction: 'ASC' | 'DESC') => `(array_agg(t.number ORDER BY t.business_day ${direction},
    substring(t.number FROM '[0-9]+$')::int ${direction}))[1]`;

const TOTALS = `(SELECT json_build_object('sales', ${kind('sale')}, 'refunds', ${kind('refund')},
    'discount', coalesce(sum(t.discount), 0), 'tax', coalesce(sum(t.tax), 0), 'rounding', coalesce(sum(t.rounding), 0),
    'firstNumber', ${numbers('ASC')}, 'lastNumber', ${numbers('DESC')}) FROM tessera.transaction t WHERE t.shift_id = s.id)`;

const READ = {
  name: 'checkout-shift',
  text: `SELECT s.id, s.store_id AS "storeId", s.till_id AS "tillId", s.currency, s.business_day AS "businessDay",
    s.z_number AS "zNumber", ${person('s.opened_by', 's.opened_by_name')} AS "openedBy", s.opened_at AS "openedAt",
    ${person('s.holder_id', 's.holder_name')} AS holder,
    CASE WHEN s.closed_by IS NOT NULL THEN ${person('s.closed_by', 's.closed_by_name')} END AS "closedBy", s.closed_at AS "closedAt",
    s.opening_cash AS pieces, s.opening_float AS float, s.difference_reason AS "differenceReason", ${MOVEMENTS} AS movements,
    ${HANDOVERS} AS handovers, ${COUNTS} AS counts, ${CLOSED_WITH} AS "closedWith", ${TAKEN} AS taken, ${STAFF} AS staff,
    ${TOTALS} AS totals
  FROM tessera.shift s WHERE s.id = $1`,
};

/** Instants inside JSON bear the session's offset. */
const inUtc = <Event extends { occurredAt: string }>(event: Event): Event => ({
  ...event,
  occurredAt: new Date(event.occurredAt).toISOString(),
});

function toStoredShift(row: ShiftRow): StoredShift {
  const { pieces, float, differenceReason, movements, handovers, counts, closedWith, taken, staff, totals, ...facts } =
    row;
  return {
    shift: {
      ...facts,
      status: row.closedAt === null ? 'open' : 'closed',
      float: { amount: float, pieces },
      movements: movements.map(inUtc),
      handovers: handovers.map(inUtc).map(({ expected: _, ...handover }) => handover),
    },
    taken,
    totals: { ...totals, staff },
    counts: counts.map(inUtc),
    handoverExpected: handovers.map(({ expected }) => expected),
    differenceReason,
    closedWith,
  };
}

export async function readShift(sql: Sql, id: string): Promise<StoredShift | undefined> {
  const [row] = await sql.query<ShiftRow>(READ, [id]);
  return row && toStoredShift(row);
}

const OPEN_AT = {
  name: 'checkout-open-shift',
  text: 'SELECT id FROM tessera.shift WHERE till_id = $1 AND closed_at IS NULL',
};

/** Id of the shift that is open at the till. */
export async function readOpenShiftId(sql: Sql, tillId: string): Promise<string | undefined> {
  const [row] = await sql.query<{ id: string }>(OPEN_AT, [tillId]);
  return row?.id;
}

const PLACE = {
  name: 'checkout-till-place',
  text: `SELECT ${tillFacts('$1')} AS till, ${storeFacts(`(SELECT s.document_id FROM public.tills t
    JOIN public.tills_store_lnk l ON l.till_id = t.id JOIN public.stores s ON s.id = l.store_id WHERE t.document_id = $1)`)} AS store`,
};

/** A till and the store it stands in. */
export async function readTillPlace(
  sql: Sql,
  tillId: string,
): Promise<{ till: TillFacts | null; store: StoreFacts | null }> {
  const [row] = await sql.query<{ till: TillFacts | null; store: StoreFacts | null }>(PLACE, [tillId]);
  return row ?? { till: null, store: null };
}
