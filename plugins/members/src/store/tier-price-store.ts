import type { Sql } from '@tessera/kernel/public';
import type { PricedBy, StoredTierPrice } from '../domain';

/** What an entry of a price list is about, for a change that names only a part of it. */
export async function readTierPrice(sql: Sql, documentId: string): Promise<StoredTierPrice | null> {
  const rows = await sql.query<StoredTierPrice>(
    `SELECT t.document_id AS "tierId", p.document_id AS "productId", s.document_id AS "serviceId", x.valid_from AS "validFrom",
      x.valid_until AS "validUntil"
    FROM public.tier_prices x
    LEFT JOIN public.tier_prices_tier_lnk tl ON tl.tier_price_id = x.id LEFT JOIN public.tiers t ON t.id = tl.tier_id
    LEFT JOIN public.tier_prices_product_lnk pl ON pl.tier_price_id = x.id LEFT JOIN public.products p ON p.id = pl.product_id
    LEFT JOIN public.tier_prices_service_lnk sl ON sl.tier_price_id = x.id LEFT JOIN public.services s ON s.id = sl.service_id
    WHERE x.document_id = $1`,
    [documentId],
  );
  return rows[0] ?? null;
}

/** What an entry is called: the codes of its tier and its item, which are the same in both languages. */
export async function nameOfTierPrice(sql: Sql, { tierId, productId, serviceId }: PricedBy): Promise<string> {
  const rows = await sql.query<{ name: string }>(
    `SELECT concat_ws(' · ', (SELECT t.code FROM public.tiers t WHERE t.document_id = $1),
      (SELECT p.sku FROM public.products p WHERE p.document_id = $2), (SELECT s.sku FROM public.services s WHERE s.document_id = $3)) AS name`,
    [tierId, productId, serviceId],
  );
  return rows[0]?.name ?? '';
}
