import type { Profile } from '../contracts';
import type { ReadRow, SettledInvoice, SourceRow } from './source-row';

/** One kind of file: what it looks like and what its rows mean. Pure; registered in `profiles.ts`. */
export interface ImportProfile extends Profile {
  timeZone: string;
  /** Business day of the store that the import makes. */
  dayCutoff: string;
  storeName: { zh: string; en: string };
  readRow(fields: string[], lineNo: number): ReadRow;
  /** Items that are charges, not goods, become services. */
  itemKind(itemCode: string): 'product' | 'service';
  /** Decides about every row of one invoice. */
  settle(rows: readonly SourceRow[]): SettledInvoice;
  memberNo(customerNo: string): string;
  memberName(customerNo: string): string;
  memberTags(countries: readonly string[]): string[];
}
