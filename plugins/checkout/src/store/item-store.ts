import type { Sql } from '@tessera/kernel/public';
import type { ItemNames } from '../domain';

export type ItemTable = 'products' | 'services' | 'card_plans';

export async function readItemNames(sql: Sql, table: ItemTable, documentId: string): Promise<ItemNames | null> {
  const rows = await sql.query<ItemNames>(
    `SELECT sku, name_zh AS "nameZh", name_en AS "nameEn", ${table === 'card_plans' ? 'NULL' : 'barcodes'} AS barcodes FROM public.${table} WHERE document_id = $1`,
    [documentId],
  );
  return rows[0] ?? null;
}

/** Does any product, service or card plan other than this one have the number? */
export async function isSkuTaken(sql: Sql, skuOf: { sku: string; documentId: string | undefined }): Promise<boolean> {
  const rows = await sql.query<{ taken: boolean }>(
    `SELECT EXISTS (SELECT 1 FROM public.products WHERE sku = $1 AND document_id IS DISTINCT FROM $2)
      OR EXISTS (SELECT 1 FROM public.services WHERE sku = $1 AND document_id IS DISTINCT FROM $2)
      OR EXISTS (SELECT 1 FROM public.card_plans WHERE sku = $1 AND document_id IS DISTINCT FROM $2) AS taken`,
    [skuOf.sku, skuOf.documentId ?? null],
  );
  return rows[0]?.taken ?? false;
}
