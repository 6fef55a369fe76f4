import { notFound } from '@tessera/kernel/domain';
import type { MemberBalance, MemberMerge, MergePreview } from '../../contracts';
import { judgeMerge, undoableUntil, UNDO_DAYS } from '../../domain';
import { readMergePlaces, readMerges, type StoredMerge } from '../../store/merge-store';
import { pairOf, recordsOf, type Act, type MergeDesk } from './merge-desk';

export function showMerge(merge: StoredMerge): MemberMerge {
  return { ...merge, undoableUntil: undoableUntil(merge.mergedAt) };
}

/** `GET /api/members/{id}/merges`. @throws not_found (404), forbidden (403) */
export async function viewMerges(desk: MergeDesk, { staff, now }: Act, memberId: string): Promise<MemberMerge[]> {
  const [place] = await readMergePlaces(desk.database, [memberId]);
  if (!place) throw notFound({ what: 'member', id: memberId });
  await desk.access.demand(staff, { permission: 'members.view', now, records: [{ storeId: place.storeId }] });
  return (await readMerges(desk.database, memberId)).map(showMerge);
}

/** Everything a member has at an instant, whatever plugin keeps it. */
export async function balancesOf(desk: MergeDesk, memberId: string, now: Date): Promise<MemberBalance[]> {
  const parts = await Promise.all(desk.holdings().map((part) => part.balances(desk.database, memberId, now)));
  return parts.flat();
}

const keyOf = ({ code, currency }: MemberBalance): string => `${code} ${currency ?? ''}`;

/** `GET /api/members/{id}/merge-preview?duplicateId=`. @throws what `mergeMembers` throws */
export async function previewMerge(
  desk: MergeDesk,
  { staff, now }: Act,
  ids: { keptId: string; duplicateId: string },
): Promise<MergePreview> {
  const pair = pairOf(await readMergePlaces(desk.database, Object.values(ids)), ids);
  await desk.access.demand(staff, { permission: 'members.merge', now, records: recordsOf(pair) });
  judgeMerge(pair);
  const [kept, duplicate] = await Promise.all([ids.keptId, ids.duplicateId].map((id) => balancesOf(desk, id, now)));
  const rows = new Map<string, MergePreview['balances'][number]>();
  for (const [side, balances] of [
    ['kept', kept],
    ['duplicate', duplicate],
  ] as const) {
    for (const balance of balances ?? []) {
      const { code, label, currency, amount } = balance;
      const row = rows.get(keyOf(balance)) ?? { code, label, currency, kept: 0, duplicate: 0, after: 0 };
      rows.set(keyOf(balance), { ...row, [side]: amount, after: row.after + amount });
    }
  }
  return { balances: [...rows.values()], undoDays: UNDO_DAYS };
}
