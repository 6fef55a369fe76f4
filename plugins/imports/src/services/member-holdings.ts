import type { MemberHoldings } from '@tessera/members/public';
import { forgetInFiles } from '../store/forget-store';

/** Files of members: nothing of value, but what was set aside names people. */
export const FILES_OF_MEMBERS: MemberHoldings = {
  code: 'files',
  place: 50,
  balances: () => Promise.resolve([]),
  forget: (sql) => forgetInFiles(sql),
};
