import type { Decision } from '@tessera/access/domain';
import { mask } from '@tessera/backoffice/domain';
import { notFound } from '@tessera/kernel/domain';
import type { Transaction } from '../contracts';
import { toTransaction, type StoredTransaction } from '../domain';
import { readTransaction } from '../store/transaction-store';
import type { Act, Desk } from './price-cart';

/** What this person may see of a transaction. */
export function viewOf(
  { access }: Desk,
  { staff, now }: Act,
  transaction: { storeId: string; staffId: string },
): Decision['read'] {
  const records = [{ storeId: transaction.storeId, staffId: transaction.staffId }];
  return access.decide(staff, { permission: 'transactions.view', now, records }).read;
}

/** The member's number and name as far as they may be seen: clear, masked, or null. */
export function memberAsShown(
  read: Decision['read'],
  member: { memberNo: string | null; name: string | null } | null,
): { memberNo: string | null; memberName: string | null } {
  const { memberNo = null, name = null } = member ?? {};
  return {
    memberNo: read['memberNo'] ? memberNo : null,
    memberName: read['memberName'] === 'clear' ? name : read['memberName'] === 'masked' ? mask('name', name) : null,
  };
}

/** A booked transaction as this person may see it. @throws not_found (404), forbidden (403) */
export async function findTransaction(desk: Desk, act: Act, id: string): Promise<StoredTransaction> {
  const stored = await readTransaction(desk.database, id);
  if (!stored) throw notFound({ what: 'transaction', id });
  const { read } = await desk.access.demand(act.staff, {
    permission: 'transactions.view',
    now: act.now,
    records: [{ storeId: stored.storeId, staffId: stored.staffId }],
  });
  const member = memberAsShown(read, { memberNo: stored.memberNo, name: stored.memberName });
  return { ...stored, ...member, memberId: read['member'] ? stored.memberId : null };
}

/** `GET /api/checkout/transactions/{id}` */
export async function viewTransaction(desk: Desk, act: Act, id: string): Promise<Transaction> {
  return toTransaction(await findTransaction(desk, act, id));
}
