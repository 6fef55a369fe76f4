import { nameSearchKeys } from '@tessera/members/domain';
import type { BenchDatabase } from './environment';

/** Given to the SQL that makes the data: the same seed makes the same shop. */
export interface ShopSize {
  seed: number;
  skus: number;
  tills: number;
}

export interface Shop {
  storeId: string;
  tillIds: string[];
  skus: string[];
}

const SURNAMES =
  '王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔';
const GIVEN =
  '伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂文辉鑫宇博晨雨欣怡子涵梓轩浩然思佳嘉琪俊凯婷雪梅兰竹菊春夏秋冬天海山川云龙凤飞国建华志新立成永安康宁乐福寿喜金银玉珠宝贵美玲燕红青白光耀';
const LATIN = ['Mary Smith', 'John Brown', 'Anna Müller', 'José García', 'Emily Jones', 'Olga Petrova', 'Tom O’Brien'];

const documentId = (kind: string, index: string) => `substr(md5('${kind}' || ${index} || $1::text), 1, 24)`;
const STAMPS = 'created_at, updated_at, published_at';
const NOW = 'now(), now(), now()';

/** One store with its tills, one tax class, one category, `skus` products. */
export async function generateShop(database: BenchDatabase, { seed, skus, tills }: ShopSize): Promise<Shop> {
  const run = (text: string, ...values: unknown[]) => database.run<{ id: string }>(text, [seed, ...values]);
  const [store] = await run(
    `INSERT INTO stores (document_id, code, name_zh, name_en, time_zone, day_cutoff, currency, cash_rounding, active, archived, version, ${STAMPS})
    VALUES (${documentId('store', "''")}, 'BENCH', '测试店', 'Bench store', 'Asia/Shanghai', '04:00', 'CNY', 1, true, false, 1, ${NOW})
    RETURNING document_id AS id`,
  );
  await run(
    `INSERT INTO tax_classes (document_id, code, name_zh, name_en, rate, archived, version, ${STAMPS})
    VALUES (${documentId('tax', "''")}, 'STD', '标准', 'Standard', 600, false, 1, ${NOW})`,
  );
  const madeTills = await run(
    `WITH made AS (INSERT INTO tills (document_id, code, name, active, archived, version, ${STAMPS})
      SELECT ${documentId('till', 'i')}, 'B' || i, 'Till ' || i, true, false, 1, ${NOW} FROM generate_series(1, $2::int) i
      RETURNING id, document_id),
    linked AS (INSERT INTO tills_store_lnk (till_id, store_id) SELECT made.id, s.id FROM made, stores s WHERE s.code = 'BENCH')
    SELECT document_id AS id FROM made`,
    tills,
  );
  const madeSkus = await run(
    `WITH made AS (INSERT INTO products (document_id, sku, name_zh, name_en, unit_price, cost, active, archived, version, search_text, ${STAMPS})
      SELECT ${documentId('product', 'i')}, 'B-' || i, '商品' || i, 'Item ' || i, 100 + i * 37 % 20000, 50, true, false, 1, 'item', ${NOW}
      FROM generate_series(1, $2::int) i RETURNING id, sku),
    linked AS (INSERT INTO products_tax_class_lnk (product_id, tax_class_id) SELECT made.id, t.id FROM made, tax_classes t WHERE t.code = 'STD')
    SELECT sku AS id FROM made`,
    skus,
  );
  return { storeId: store?.id ?? '', tillIds: madeTills.map(({ id }) => id), skus: madeSkus.map(({ id }) => id) };
}

/** Indexes that can be built after the rows are in: far faster than keeping them up row by row. */
async function withoutIndexes(database: BenchDatabase, fill: () => Promise<void>): Promise<void> {
  const indexes = await database.run<{ name: string; definition: string }>(
    `SELECT indexrelid::regclass::text AS name, pg_get_indexdef(indexrelid) AS definition
    FROM pg_index WHERE indrelid = 'public.members'::regclass AND NOT indisprimary`,
  );
  for (const { name } of indexes) await database.run(`DROP INDEX ${name}`);
  await fill();
  for (const { definition } of indexes) await database.run(definition);
  await database.run('VACUUM (ANALYZE) members');
}

interface Character {
  text: string;
  pinyin: string;
}

function withPinyin(characters: string): Character[] {
  return [...characters].map((text) => ({ text, pinyin: nameSearchKeys(text).pinyin }));
}

/** Members `from`…`to` (both included) of the store: names of two or three 汉字, one in twenty a latin one. */
export async function generateMembers(database: BenchDatabase, seed: number, from: number, to: number): Promise<void> {
  const latin = LATIN.map((text) => ({ text, ...nameSearchKeys(text) }));
  const lists = [withPinyin(SURNAMES), withPinyin(GIVEN), latin].map((list) => JSON.stringify(list));
  await withoutIndexes(database, async () => {
    await database.fill(
      `WITH made AS (
        INSERT INTO members (document_id, member_no, name, name_pinyin, name_initials, phone, phone_last_4, birthday, gender,
          tags, source, status, joined_at, archived, version, ${STAMPS})
        SELECT ${documentId('member', 'i')}, 'M' || lpad(i::text, greatest(6, length(i::text)), '0'), n.name, n.pinyin, n.initials, p.phone, right(p.phone, 4),
          date '1950-01-01' + i * 7 % 20000, CASE i % 2 WHEN 0 THEN 'female' ELSE 'male' END, '["vip"]', 'import', 'active',
          timestamp '2020-01-01' + i % 2000 * interval '1 day', false, 1, ${NOW}
        FROM generate_series($2::int, $3::int) i
        CROSS JOIN LATERAL (SELECT '+8613' || lpad((i::bigint * 7919 % 1000000000)::text, 9, '0') AS phone) p
        CROSS JOIN LATERAL (SELECT abs(hashint8extended(i, $1::bigint) % 1000003) AS a,
          abs(hashint8extended(i, $1::bigint + 1) % 1000003) AS b, abs(hashint8extended(i, $1::bigint + 2) % 1000003) AS c) h
        CROSS JOIN LATERAL (SELECT $4::jsonb -> (h.a % jsonb_array_length($4::jsonb))::int AS s,
          $5::jsonb -> (h.b % jsonb_array_length($5::jsonb))::int AS g,
          CASE WHEN h.c % 3 > 0 THEN $5::jsonb -> (h.c % jsonb_array_length($5::jsonb))::int END AS k,
          CASE WHEN i % 20 = 0 THEN $6::jsonb -> (h.a % jsonb_array_length($6::jsonb))::int END AS l) x
        CROSS JOIN LATERAL (SELECT
          coalesce(x.l->>'text', concat(x.s->>'text', x.g->>'text', x.k->>'text')) AS name,
          coalesce(x.l->>'pinyin', concat(x.s->>'pinyin', ' ', x.g->>'pinyin', x.k->>'pinyin')) AS pinyin,
          coalesce(x.l->>'initials', concat(left(x.s->>'pinyin', 1), left(x.g->>'pinyin', 1), left(x.k->>'pinyin', 1))) AS initials) n
        RETURNING id)
      INSERT INTO members_home_store_lnk (member_id, store_id) SELECT made.id, s.id FROM made, stores s WHERE s.code = 'BENCH'`,
      [seed, from, to, ...lists],
    );
  });
  await database.run('ANALYZE members_home_store_lnk');
}
