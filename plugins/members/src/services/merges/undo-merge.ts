import { notFound } from '@tessera/kernel/domain';
import type { MemberMerge } from '../../contracts';
import { judgeUndo } from '../../domain';
import { lockMergePlaces, readMerge, readMergePlaces, writeUndo, type StoredMerge } from '../../store/merge-store';
import { recordBoth } from './merge-members';
import { inTurn, movingOf, pairOf, recordsOf, type Act, type MergeDesk } from './merge-desk';
import { showMerge } from './view-merges';

interface Ask {
  memberId: string;
  mergeId: string;
  reason: string;
}

/** @throws not_found (404): also when the merge is none of this member's */
async function findMerge(desk: MergeDesk, { memberId, mergeId }: Ask): Promise<StoredMerge> {
  const merge = await readMerge(desk.database, mergeId);
  if (!merge || (merge.keptId !== memberId && merge.duplicateId !== memberId))
    throw notFound({ what: 'merge', id: mergeId });
  return merge;
}

/**
 * `POST /api/members/{id}/merges/{mergeId}/undo`: two again. The duplicate gets back what is left of what it brought.
 * @throws not_found (404), forbidden (403), the refusals of `judgeUndo` (409)
 */
export async function undoMerge(desk: MergeDesk, act: Act, ask: Ask): Promise<MemberMerge> {
  const { keptId, duplicateId } = await findMerge(desk, ask);
  const ids = { keptId, duplicateId };
  const { staff, now } = act;
  const pair = pairOf(await readMergePlaces(desk.database, [keptId, duplicateId]), ids);
  const decision = await desk.access.demand(staff, { permission: 'members.merge', now, records: recordsOf(pair) });
  const { mergeId, reason } = ask;
  await inTurn(desk, async (sql) => {
    const locked = pairOf(await lockMergePlaces(sql, [keptId, duplicateId]), ids);
    const standing = (await readMerge(sql, mergeId)) as StoredMerge;
    judgeUndo({ mergedAt: standing.mergedAt, isUndone: standing.undone !== null, kept: locked.kept }, now);
    const moving = await movingOf(sql, act, locked, { id: mergeId, kind: 'member-merge-undone' });
    await writeUndo(sql, { mergeId, undoneAt: now.toISOString(), staffId: staff.id, staffName: staff.name, reason });
    if (moving) for (const part of desk.holdings()) await part.moveBack?.(sql, moving);
    await recordBoth(desk, sql, act, { ...locked, decision, reason, fields: [], before: { mergeId }, after: null });
  });
  return showMerge((await readMerge(desk.database, mergeId)) as StoredMerge);
}
