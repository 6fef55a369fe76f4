import { createHash } from 'node:crypto';
import type { Catalogue } from '../contracts';
import { readCatalogue } from '../store/catalogue-store';
import { demandStore, type Act, type Desk } from './price-cart';

/** `GET /api/checkout/catalogue?storeId=`; equal contents have equal versions. @throws forbidden (403) */
export async function viewCatalogue(desk: Desk, act: Act, storeId: string): Promise<Catalogue> {
  await demandStore(desk, act, storeId);
  const contents = await readCatalogue(desk.database, storeId);
  const version = createHash('sha256').update(JSON.stringify(contents)).digest('base64url').slice(0, 22);
  return { version, ...contents };
}
