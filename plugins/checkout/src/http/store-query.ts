import type { StaffCall } from '@tessera/access/public';
import { documentIdSchema } from '@tessera/kernel/contracts';
import { z } from 'zod';

export const storeQuerySchema = z.strictObject({ storeId: documentIdSchema });

export function queryOf(call: StaffCall): Record<string, string> {
  return Object.fromEntries(call.query);
}
