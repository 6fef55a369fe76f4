import type { Sql } from '@tessera/kernel/public';
import type { HeldCart } from '../contracts';

export interface NewHeldCart {
  storeId: string;
  tillId: string;
  staffId: string;
  staffName: string;
  note: string | null;
  cart: HeldCart['cart'];
  payable: number;
  heldAt: Date;
}

const member = (column: string) =>
  `(SELECT m.${column} FROM public.members m WHERE m.document_id = held_cart.cart ->> 'memberId' LIMIT 1)`;

/** The member as he is now: a name corrected since stands corrected. */
const COLUMNS = `id, store_id AS "storeId", till_id AS "tillId", note, staff_name AS "heldBy", held_at AS "heldAt",
  line_count AS "lineCount", payable, cart, ${member('member_no')} AS "memberNo", ${member('name')} AS "memberName"`;

export async function insertHeldCart(sql: Sql, held: NewHeldCart): Promise<HeldCart> {
  const rows = await sql.query<HeldCart>(
    `INSERT INTO tessera.held_cart (store_id, till_id, staff_id, staff_name, note, cart, line_count, payable, held_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING ${COLUMNS}`,
    [
      held.storeId,
      held.tillId,
      held.staffId,
      held.staffName,
      held.note,
      JSON.stringify(held.cart),
      held.cart.lines.length,
      held.payable,
      held.heldAt.toISOString(),
    ],
  );
  return rows[0] as HeldCart;
}

/** Carts of the store that wait, the oldest first. */
export function readHeldCarts(sql: Sql, storeId: string): Promise<HeldCart[]> {
  return sql.query(
    `SELECT ${COLUMNS} FROM tessera.held_cart WHERE store_id = $1 AND ended_at IS NULL ORDER BY held_at, id LIMIT 200`,
    [storeId],
  );
}

export async function readStoreOfHeldCart(sql: Sql, id: string): Promise<string | undefined> {
  const rows = await sql.query<{ storeId: string }>(
    'SELECT store_id AS "storeId" FROM tessera.held_cart WHERE id = $1',
    [id],
  );
  return rows[0]?.storeId;
}

/** Ends a cart that waits. Of several at once exactly one gets it; the others get undefined. */
export async function endHeldCart(
  sql: Sql,
  end: { id: string; outcome: 'resumed' | 'discarded'; staffId: string; now: Date },
): Promise<HeldCart | undefined> {
  const rows = await sql.query<HeldCart>(
    `UPDATE tessera.held_cart SET ended_at = $2, ended_by = $3, outcome = $4 WHERE id = $1 AND ended_at IS NULL RETURNING ${COLUMNS}`,
    [end.id, end.now.toISOString(), end.staffId, end.outcome],
  );
  return rows[0];
}
