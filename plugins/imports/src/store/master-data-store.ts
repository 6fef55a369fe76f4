import type { Sql } from '@tessera/kernel/public';

/**
 * The one place that writes members, products and services without the document service, and why that is safe:
 * the service takes 10–25 ms a document, and a file brings thousands (docs/adr/0005). What the service would do is done
 * here instead, and `tests/imported-master-data.test.ts` holds the two together:
 * - document_id of 24 characters, made by the caller; published_at set, for these types have no drafts; locale NULL;
 * - relations as rows of the link tables; `version` by the database's own trigger;
 * - timestamps without zone in the clock of the process, as Strapi writes them: they are passed as Date, never as text;
 * - search keys derived by the same functions that the preparations use; unique keys by the unique indexes.
 * Rows that exist are never changed: what people have edited since stays theirs.
 */
export interface NewMember {
  documentId: string;
  memberNo: string;
  name: string;
  namePinyin: string;
  nameInitials: string;
  tags: string[];
  joinedAt: Date;
}

export interface NewItem {
  documentId: string;
  sku: string;
  name: string;
  unitPrice: number;
  isActive: boolean;
  searchText: string;
}

/** documentId by member number or SKU. */
export type Known = Map<string, string>;

function toKnown(rows: { key: string; documentId: string }[]): Known {
  return new Map(rows.map(({ key, documentId }) => [key, documentId]));
}

export async function findMembers(sql: Sql, memberNos: readonly string[]): Promise<Known> {
  return toKnown(
    await sql.query(
      'SELECT member_no AS key, document_id AS "documentId" FROM public.members WHERE member_no = ANY($1)',
      [memberNos],
    ),
  );
}

const ITEM_TABLES = {
  product: { table: 'products', column: 'product_id' },
  service: { table: 'services', column: 'service_id' },
} as const;
export type ItemKind = keyof typeof ITEM_TABLES;

export async function findItems(sql: Sql, kind: ItemKind, skus: readonly string[]): Promise<Known> {
  const { table } = ITEM_TABLES[kind];
  return toKnown(
    await sql.query(`SELECT sku AS key, document_id AS "documentId" FROM public.${table} WHERE sku = ANY($1)`, [skus]),
  );
}

/** @returns how many were made; a number that has been taken meanwhile is left alone */
export async function insertMembers(
  sql: Sql,
  members: readonly NewMember[],
  { homeStoreId, now }: { homeStoreId: string; now: Date },
): Promise<number> {
  const rows = await sql.query(
    `WITH made AS (
       INSERT INTO public.members (document_id, member_no, name, name_pinyin, name_initials, tags, source, status, joined_at,
         archived, created_at, updated_at, published_at)
       SELECT m.document_id, m.member_no, m.name, m.pinyin, m.initials, m.tags::jsonb, 'import', 'active', m.joined_at,
         false, $9, $9, $9
       FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::timestamp[])
         AS m (document_id, member_no, name, pinyin, initials, tags, joined_at)
       ON CONFLICT (member_no) DO NOTHING RETURNING id
     ), at_home AS (
       INSERT INTO public.members_home_store_lnk (member_id, store_id)
       SELECT made.id, s.id FROM made, public.stores s WHERE s.document_id = $8
     )
     SELECT id FROM made`,
    [
      members.map((member) => member.documentId),
      members.map((member) => member.memberNo),
      members.map((member) => member.name),
      members.map((member) => member.namePinyin),
      members.map((member) => member.nameInitials),
      members.map((member) => JSON.stringify(member.tags)),
      members.map((member) => member.joinedAt),
      homeStoreId,
      now,
    ],
  );
  return rows.length;
}

const SERVICE_DEFAULTS = { columns: ', duration_minutes', values: ', 1' };
const PRODUCT_DEFAULTS = { columns: '', values: '' };

/** @returns how many were made; a SKU that has been taken meanwhile is left alone */
export async function insertItems(
  sql: Sql,
  kind: ItemKind,
  items: readonly NewItem[],
  { categoryId, taxClassId, now }: { categoryId: string; taxClassId: string; now: Date },
): Promise<number> {
  const { table, column } = ITEM_TABLES[kind];
  const defaults = kind === 'service' ? SERVICE_DEFAULTS : PRODUCT_DEFAULTS;
  const rows = await sql.query(
    `WITH made AS (
       INSERT INTO public.${table} (document_id, sku, name_zh, name_en, unit_price, active, search_text, archived,
         created_at, updated_at, published_at${defaults.columns})
       SELECT i.document_id, i.sku, i.name, i.name, i.unit_price, i.is_active, i.search_text, false, $9, $9, $9${defaults.values}
       FROM unnest($1::text[], $2::text[], $3::text[], $4::int[], $5::boolean[], $6::text[])
         AS i (document_id, sku, name, unit_price, is_active, search_text)
       ON CONFLICT (sku) DO NOTHING RETURNING id
     ), in_category AS (
       INSERT INTO public.${table}_category_lnk (${column}, category_id)
       SELECT made.id, c.id FROM made, public.categories c WHERE c.document_id = $7
     ), taxed AS (
       INSERT INTO public.${table}_tax_class_lnk (${column}, tax_class_id)
       SELECT made.id, t.id FROM made, public.tax_classes t WHERE t.document_id = $8
     )
     SELECT id FROM made`,
    [
      items.map((item) => item.documentId),
      items.map((item) => item.sku),
      items.map((item) => item.name),
      items.map((item) => item.unitPrice),
      items.map((item) => item.isActive),
      items.map((item) => item.searchText),
      categoryId,
      taxClassId,
      now,
    ],
  );
  return rows.length;
}

/** Currencies that the stores of this installation keep their books in. */
export async function readStoreCurrencies(sql: Sql): Promise<string[]> {
  const rows = await sql.query<{ currency: string }>(
    'SELECT DISTINCT currency FROM public.stores WHERE archived IS NOT TRUE',
  );
  return rows.map(({ currency }) => currency);
}
