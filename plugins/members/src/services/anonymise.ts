import { defineError, notFound } from '@tessera/kernel/domain';
import type { AnonymisationRequest, MemberBalance } from '../contracts';
import { memberAnonymised, memberMerged } from '../domain';
import { beginForgetting, forgetMembers, readFamily } from '../store/forget-store';
import { lockMergePlaces, readMergePlaces } from '../store/merge-store';
import { inTurn, type Act, type MergeDesk } from './merges/merge-desk';

const memberHasBalances = defineError<{ balances: MemberBalance[] }>(
  'member_has_balances',
  409,
  'There is something left on this membership: pay it out, or say that it stays in the books',
);

export interface Anonymised {
  id: string;
  status: 'anonymised';
}

/**
 * `POST /api/members/{id}/anonymisation`: the person goes, under every number he had; what was bought and paid stays. One transaction,
 * without a way back.
 * @throws not_found (404), forbidden (403), member_has_balances, member_merged, member_anonymised (409)
 */
export async function anonymise(
  desk: MergeDesk,
  { staff, now }: Act,
  { memberId, request }: { memberId: string; request: AnonymisationRequest },
): Promise<Anonymised> {
  const [place] = await readMergePlaces(desk.database, [memberId]);
  if (!place) throw notFound({ what: 'member', id: memberId });
  const decision = await desk.access.demand(staff, {
    permission: 'members.anonymise',
    now,
    records: [{ storeId: place.storeId }],
  });
  await inTurn(desk, async (sql) => {
    const memberIds = await readFamily(sql, memberId);
    const locked = await lockMergePlaces(sql, memberIds);
    const member = locked.find(({ id }) => id === memberId);
    if (member?.status === 'merged') throw memberMerged({ memberId, keptId: member.keptId });
    if (member?.status === 'anonymised') throw memberAnonymised({ memberId });
    const balances: MemberBalance[] = [];
    for (const part of desk.holdings()) balances.push(...(await part.balances(sql, memberId, now)));
    if (balances.length > 0 && request.balances !== 'leave') throw memberHasBalances({ balances });
    await beginForgetting(sql, memberIds);
    for (const part of desk.holdings()) await part.forget?.(sql, { memberIds });
    // The reason may name the person; the line of the trail is forgotten with the rest.
    const subject = { subjectType: 'members', subjectId: memberId, storeId: place.storeId };
    const after = { status: 'anonymised', numbers: locked.map(({ memberNo }) => memberNo), balances };
    await desk.access.record(sql, { staff, decision, ...subject, reason: request.reason, after });
    await forgetMembers(sql, memberIds);
  });
  return { id: memberId, status: 'anonymised' };
}
