import type { Sql } from '@tessera/kernel/public';
import type { Catalogue } from '../contracts';

const items = (table: string, link: string, kind: string, duration: string) => `
  SELECT i.sku, '${kind}' AS kind, i.name_zh AS "nameZh", i.name_en AS "nameEn", i.unit_price AS "unitPrice", c.document_id AS "categoryId",
    coalesce(i.barcodes, '[]') AS barcodes, coalesce(f.formats->'thumbnail'->>'url', f.url) AS "imageUrl", ${duration} AS "durationMinutes",
    coalesce(i.search_text, '') AS "searchText"
  FROM public.${table} i
  LEFT JOIN public.${table}_category_lnk l ON l.${link} = i.id LEFT JOIN public.categories c ON c.id = l.category_id AND NOT c.archived
  LEFT JOIN public.files_related_mph r ON r.related_id = i.id AND r.field = 'image' AND r.related_type = 'api::${kind}.${kind}'
  LEFT JOIN public.files f ON f.id = r.file_id
  WHERE i.active AND NOT i.archived`;

const PLANS = `
  SELECT p.sku, 'card-plan', p.name_zh, p.name_en, p.unit_price, NULL, '[]', NULL, NULL, coalesce(p.search_text, '')
  FROM public.card_plans p WHERE p.active AND NOT p.archived`;

const CATALOGUE = {
  name: 'checkout-catalogue',
  text: `SELECT
    coalesce((SELECT json_agg(json_build_object('id', c.document_id, 'nameZh', c.name_zh, 'nameEn', c.name_en, 'colour', c.colour)
      ORDER BY c.position, c.code) FROM public.categories c WHERE c.active AND NOT c.archived), '[]') AS categories,
    coalesce((SELECT json_agg(to_json(i) ORDER BY i.sku) FROM (${items('products', 'product_id', 'product', 'NULL::int')}
      UNION ALL ${items('services', 'service_id', 'service', 'i.duration_minutes')}
      UNION ALL ${PLANS}) i), '[]') AS items,
    coalesce((SELECT json_agg(json_build_object('id', p.document_id, 'name', p.name) ORDER BY p.staff_no)
      FROM public.staff_profiles p JOIN public.staff_profiles_stores_lnk l ON l.staff_profile_id = p.id
      JOIN public.stores s ON s.id = l.store_id WHERE s.document_id = $1 AND p.active AND NOT p.archived), '[]') AS staff`,
};

/** Everything for sale, and who may be named as having performed a service in that store. */
export async function readCatalogue(sql: Sql, storeId: string): Promise<Omit<Catalogue, 'version'>> {
  const rows = await sql.query<Omit<Catalogue, 'version'>>(CATALOGUE, [storeId]);
  return rows[0] as Omit<Catalogue, 'version'>;
}
