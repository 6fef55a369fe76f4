import type { Decision } from '@tessera/access/domain';
import type { Sql } from '@tessera/kernel/public';
import { keyReused, requestHashOf } from '@tessera/kernel/public';
import type { MergeAnswer, MergeRequest } from '../../contracts';
import { judgeMerge, undoableUntil } from '../../domain';
import { claimKey, lockMergePlaces, readMergePlaces, writeMerge } from '../../store/merge-store';
import { inTurn, movingOf, newId, pairOf, recordsOf, type Act, type MergeDesk, type Pair } from './merge-desk';

interface Ask {
  keptId: string;
  request: MergeRequest;
  key: string;
}

/** One line of the trail for each of the two: names of fields, never their values. */
export async function recordBoth(
  desk: MergeDesk,
  sql: Sql,
  { staff }: Act,
  about: Pair & { decision: Decision; reason: string; fields: string[]; before: unknown; after: unknown },
): Promise<void> {
  const { decision, reason, fields, before, after } = about;
  for (const { id, storeId } of [about.kept, about.duplicate]) {
    const subject = { subjectType: 'members', subjectId: id, storeId };
    await desk.access.record(sql, { staff, decision, ...subject, fields, reason, before, after });
  }
}

async function apply(
  desk: MergeDesk,
  act: Act,
  ask: Ask,
  merge: { answer: MergeAnswer; decision: Decision },
  sql: Sql,
) {
  const { answer, decision } = merge;
  const { keptId, request } = ask;
  const ids = { keptId, duplicateId: request.duplicateId };
  const pair = pairOf(await lockMergePlaces(sql, Object.values(ids)), ids);
  judgeMerge(pair);
  const moving = await movingOf(sql, act, pair, { id: answer.id, kind: 'member-merge' });
  const { reason } = request;
  const fields = [...new Set(request.fields)];
  const by = { staffId: act.staff.id, staffName: act.staff.name };
  await writeMerge(sql, { ...answer, ...by, fields, reason });
  if (moving) for (const part of desk.holdings()) await part.move?.(sql, moving);
  const numbers = { kept: pair.kept.memberNo, duplicate: pair.duplicate.memberNo };
  await recordBoth(desk, sql, act, {
    ...pair,
    decision,
    reason,
    fields,
    before: null,
    after: { mergeId: answer.id, ...numbers },
  });
}

/**
 * `POST /api/members/{id}/merges`: the duplicate becomes the member of the path, with everything it has, in one transaction.
 * @throws not_found (404), forbidden (403), idempotency_key_reused (422), the refusals of `judgeMerge` (409, 422)
 */
export async function mergeMembers(
  desk: MergeDesk,
  act: Act,
  ask: Ask,
): Promise<{ merge: MergeAnswer; isReplay: boolean }> {
  const { keptId, request, key } = ask;
  const ids = { keptId, duplicateId: request.duplicateId };
  const pair = pairOf(await readMergePlaces(desk.database, Object.values(ids)), ids);
  const decision = await desk.access.demand(act.staff, {
    permission: 'members.merge',
    now: act.now,
    records: recordsOf(pair),
  });
  const mergedAt = act.now.toISOString();
  const answer: MergeAnswer = { id: newId(act.now), ...ids, mergedAt, undoableUntil: undoableUntil(mergedAt) };
  const requestHash = requestHashOf(`merge into ${keptId}`, act.staff.id, request);
  const answered = await inTurn(desk, async (sql) => {
    const before = await claimKey(sql, { key, requestHash, answer });
    if (!before) await apply(desk, act, ask, { answer, decision }, sql);
    return before;
  });
  if (!answered) return { merge: answer, isReplay: false };
  if (answered.requestHash !== requestHash) throw keyReused(undefined);
  return { merge: answered.response as MergeAnswer, isReplay: true };
}
