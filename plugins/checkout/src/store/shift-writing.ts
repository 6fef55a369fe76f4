import type { Sql } from '@tessera/kernel/public';
import type { CashMovement, Pieces, ShiftTender } from '../contracts';
import type { CashEvent } from '../domain';

const HOLD = { name: 'checkout-hold-till', text: 'SELECT tessera.hold_till($1)' };

/** Alone at the till until the transaction ends: sales under way are booked by then, later ones wait. */
export async function holdTill(sql: Sql, tillId: string): Promise<void> {
  await sql.query(HOLD, [tillId]);
}

interface Person {
  id: string;
  name: string;
}

export async function insertShift(
  sql: Sql,
  shift: CashEvent['shift'],
  opening: { staff: Person; now: Date; pieces: Pieces[]; float: number },
): Promise<void> {
  const { id, storeId, tillId, currency, businessDay } = shift;
  const { staff, now, pieces, float } = opening;
  await sql.query(
    `INSERT INTO tessera.shift (id, store_id, till_id, currency, business_day, opened_by, opened_by_name, opened_at, opening_cash,
      opening_float, holder_id, holder_name) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $6, $7)`,
    [
      id,
      storeId,
      tillId,
      currency,
      businessDay,
      staff.id,
      staff.name,
      now.toISOString(),
      JSON.stringify(pieces),
      float,
    ],
  );
}

export async function insertMovement(sql: Sql, shiftId: string, movement: CashMovement): Promise<void> {
  const { id, kind, amount, reason, staff, occurredAt } = movement;
  await sql.query(
    `INSERT INTO tessera.cash_movement (id, shift_id, kind, amount, reason, staff_id, staff_name, occurred_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [id, shiftId, kind, amount, reason, staff.id, staff.name, occurredAt],
  );
}

export async function insertHandover(
  sql: Sql,
  shiftId: string,
  handover: { from: Person; to: Person; now: Date; cash: Pieces[] | null; counted: number | null; expected: number },
): Promise<void> {
  const { from, to, now, cash, counted, expected } = handover;
  await sql.query(
    `INSERT INTO tessera.shift_handover (shift_id, entry, from_id, from_name, to_id, to_name, occurred_at, cash, counted_cash, expected_cash)
    SELECT $1, count(*) + 1, $2, $3, $4, $5, $6, $7, $8, $9 FROM tessera.shift_handover WHERE shift_id = $1`,
    [shiftId, from.id, from.name, to.id, to.name, now.toISOString(), cash && JSON.stringify(cash), counted, expected],
  );
  await sql.query('UPDATE tessera.shift SET holder_id = $2, holder_name = $3 WHERE id = $1', [shiftId, to.id, to.name]);
}

/** Keeps a count that is about to be answered. */
export async function insertCount(
  sql: Sql,
  shiftId: string,
  count: { staff: Person; now: Date; cash: Pieces[]; tenders: ShiftTender[] },
): Promise<void> {
  const { staff, now, cash } = count;
  const tenders = count.tenders.map(({ method, expected, counted, difference }) => ({
    method,
    expected,
    counted,
    difference,
  }));
  await sql.query(
    `INSERT INTO tessera.shift_count (shift_id, entry, staff_id, staff_name, occurred_at, cash, tenders)
    SELECT $1, count(*) + 1, $2, $3, $4, $5, $6 FROM tessera.shift_count WHERE shift_id = $1`,
    [shiftId, staff.id, staff.name, now.toISOString(), JSON.stringify(cash), JSON.stringify(tenders)],
  );
}

/** Closes under the lock of the till, so the next Z number is the highest one and one. */
export async function endShift(
  sql: Sql,
  shift: { id: string; tillId: string },
  closing: { staff: Person; now: Date; tenders: ShiftTender[]; reason: string | null },
): Promise<void> {
  const { staff, now, tenders, reason } = closing;
  await sql.query(
    `INSERT INTO tessera.shift_tender (shift_id, method, sales, refunds, expected, counted, difference)
    SELECT $1, e.method, e.sales, e.refunds, e.expected, e.counted, e.difference FROM jsonb_to_recordset($2::jsonb)
      AS e (method text, sales bigint, refunds bigint, expected bigint, counted bigint, difference bigint)`,
    [shift.id, JSON.stringify(tenders)],
  );
  await sql.query(
    `UPDATE tessera.shift SET closed_by = $2, closed_by_name = $3, closed_at = $4, difference_reason = $5,
      z_number = (SELECT coalesce(max(z.z_number), 0) + 1 FROM tessera.shift z WHERE z.till_id = $6) WHERE id = $1`,
    [shift.id, staff.id, staff.name, now.toISOString(), reason, shift.tillId],
  );
}
