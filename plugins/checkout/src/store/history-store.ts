import type { Sql } from '@tessera/kernel/public';

/** Per resource: does a booked transaction refer to this document? */
const HISTORY = {
  products: 'SELECT EXISTS (SELECT 1 FROM tessera.transaction_line WHERE item_id = $1) AS found',
  services: 'SELECT EXISTS (SELECT 1 FROM tessera.transaction_line WHERE item_id = $1) AS found',
  members: 'SELECT EXISTS (SELECT 1 FROM tessera.transaction WHERE member_id = $1) AS found',
  tills: `SELECT EXISTS (SELECT 1 FROM tessera.transaction_counter WHERE till_id = $1)
    OR EXISTS (SELECT 1 FROM tessera.held_cart WHERE till_id = $1) OR EXISTS (SELECT 1 FROM tessera.shift WHERE till_id = $1) AS found`,
  stores: `SELECT EXISTS (SELECT 1 FROM tessera.transaction WHERE store_id = $1)
    OR EXISTS (SELECT 1 FROM tessera.held_cart WHERE store_id = $1) OR EXISTS (SELECT 1 FROM tessera.shift WHERE store_id = $1) AS found`,
  staff: `SELECT EXISTS (SELECT 1 FROM tessera.transaction t JOIN public.staff_profiles_user_lnk l ON l.user_id = t.staff_id
      JOIN public.staff_profiles p ON p.id = l.staff_profile_id WHERE p.document_id = $1)
    OR EXISTS (SELECT 1 FROM tessera.transaction_line WHERE $1 = ANY (staff_ids)) AS found`,
} as const;

export type ResourceWithHistory = keyof typeof HISTORY;

export const RESOURCES_WITH_HISTORY = Object.keys(HISTORY) as ResourceWithHistory[];

export async function hasHistory(sql: Sql, resource: ResourceWithHistory, documentId: string): Promise<boolean> {
  const rows = await sql.query<{ found: boolean }>(HISTORY[resource], [documentId]);
  return rows[0]?.found ?? false;
}
