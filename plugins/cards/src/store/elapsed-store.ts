import type { Sql } from '@tessera/kernel/public';

export interface CardStore {
  storeId: string;
  currency: string;
  timeZone: string;
  dayCutoff: string;
}

/** The books of a store that is gone go on in UTC. */
const storesOf = (
  cards: string,
) => `SELECT d.store_id AS "storeId", d.currency, coalesce(s.time_zone, 'UTC') AS "timeZone",
    coalesce(s.day_cutoff, '00:00') AS "dayCutoff"
  FROM (${cards}) d LEFT JOIN public.stores s ON s.document_id = d.store_id ORDER BY d.store_id, d.currency`;

/** Stores with cards whose days are not all paid for yet. */
export function readElapsingStores(sql: Sql): Promise<CardStore[]> {
  return sql.query(
    storesOf(`SELECT DISTINCT c.store_id, c.currency FROM tessera.card_lot l JOIN tessera.card c ON c.id = l.card_id
      WHERE l.kind = 'time' AND l.principal > 0 AND l.started_on IS NOT NULL`),
  );
}

/** Stores with cards on which a part of a bonus is still to come. */
export function readOwingStores(sql: Sql): Promise<CardStore[]> {
  return sql.query(
    storesOf(`SELECT DISTINCT c.store_id, c.currency FROM tessera.card_instalment i JOIN tessera.card_lot l ON l.id = i.lot_id
      JOIN tessera.card c ON c.id = l.card_id WHERE i.state = 'due'`),
  );
}

export interface Batch {
  /** UUIDv7 of the journal. */
  journal: string;
  storeId: string;
  currency: string;
  /** Business day of the store. */
  day: string;
  at: string;
  /** Cards at most. */
  size: number;
}

interface Done {
  lots: number;
  amount: number;
}

const booking =
  (name: string, text: string) =>
  async (sql: Sql, batch: Batch): Promise<Done> => {
    const rows = await sql.query<{ done: Done }>({ name, text }, [JSON.stringify(batch)]);
    return rows[0]?.done ?? { lots: 0, amount: 0 };
  };

export const recogniseBatch = booking('cards-recognise', 'SELECT tessera.recognise_time($1::jsonb) AS done');
export const giveBatch = booking('cards-give-bonus', 'SELECT tessera.give_instalments($1::jsonb) AS done');
