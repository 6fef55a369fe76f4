import type { MemberHoldings } from '@tessera/members/public';
import { forgetInSales } from '../store/forget-store';

/** Sales have no balance of a member; but reasons, notes and answers may name him. */
export const SALES_OF_MEMBERS: MemberHoldings = {
  code: 'sales',
  place: 40,
  balances: () => Promise.resolve([]),
  forget: (sql, { memberIds }) => forgetInSales(sql, memberIds),
};
