import type { Page } from 'playwright-core';
import type { Panel } from './harness';

/** A small shop to sell in. */
export interface Shop {
  storeId: string;
  tillIds: string[];
  items: { id: string; sku: string; nameEn: string; nameZh: string; barcode: string; unitPrice: number }[];
  member: { id: string; memberNo: string; lastFour: string };
}

const GOODS = [
  { nameEn: 'Flat white', nameZh: '澳白咖啡', unitPrice: 2_800 },
  { nameEn: 'Almond croissant', nameZh: '杏仁可颂', unitPrice: 1_650 },
  { nameEn: 'Jasmine tea', nameZh: '茉莉花茶', unitPrice: 1_200 },
];
const LAST_FOUR = '4711';

/** Two tills, three goods with barcodes, one service, one member. */
export async function openShop({ tessera }: Panel): Promise<Shop> {
  const storeId = await tessera.makeStore({ nameEn: 'Riverside', nameZh: '江边店' });
  const tillIds = [
    await tessera.makeTill({ store: storeId, code: 'R1', name: '1' }),
    await tessera.makeTill({ store: storeId, code: 'R2', name: '2' }),
  ];
  const category = await tessera.makeCategory({ nameEn: 'Drinks', nameZh: '饮品', colour: '#0f766e' });
  const items = [];
  for (const [index, goods] of GOODS.entries()) {
    const barcode = `690000000${index}01`;
    const { id, sku } = await tessera.makeProduct({ ...goods, category, barcodes: [barcode] });
    items.push({ ...goods, id, sku, barcode });
  }
  await tessera.makeService({ nameEn: 'Haircut', nameZh: '剪发', unitPrice: 6_800, category });
  const member = await tessera.makeMember({ name: '王小明', homeStore: storeId, phone: `+861390000${LAST_FOUR}` });
  return { storeId, tillIds, items, member: { ...member, lastFour: LAST_FOUR } };
}

/** As somebody in the back office does while a cashier sells. */
export async function changePrice({ tessera }: Panel, documentId: string, unitPrice: number): Promise<void> {
  const products = tessera.strapi.documents('api::product.product');
  await products.update({ documentId, data: { unitPrice } as never });
}

/** Chooses a till where it is asked for, and waits until it can sell. */
export async function chooseTill(page: Page, till = 'R1'): Promise<void> {
  const choice = page.locator('.till-first .till-chip', { hasText: till });
  await page.locator('.till-tile, .till-first .till-chip').first().waitFor();
  if ((await choice.count()) > 0) await choice.click();
  await page.locator('.till-tile').first().waitFor();
}

/** Opens the till of a signed-in page and waits until it can sell. */
export async function goToTill(page: Page, till = 'R1'): Promise<void> {
  await page.goto('/till');
  await chooseTill(page, till);
}

/** Types as a keyboard-wedge scanner does: a key every few milliseconds, then Enter. */
export async function scan(page: Page, code: string): Promise<void> {
  await page.evaluate((text) => {
    const target = document.activeElement ?? document.body;
    const startedAt = performance.now();
    for (const [index, key] of [...text, 'Enter'].entries()) {
      const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true });
      // A key bears the time it was pressed, however long the page takes to handle the one before.
      Object.defineProperty(event, 'timeStamp', { value: startedAt + 5 * index });
      const isTyped = target.dispatchEvent(event) && key.length === 1 && target instanceof HTMLInputElement;
      if (isTyped) document.execCommand('insertText', false, key);
    }
  }, code);
}
