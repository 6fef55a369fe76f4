import type { Decision } from '@tessera/access/domain';
import { defineError, notFound } from '@tessera/kernel/domain';
import type { ConsentRequest, MemberConsents } from '../contracts';
import { memberAnonymised, memberMerged } from '../domain';
import { readConsents, writeConsent } from '../store/consent-store';
import { lockMergePlaces, readMergePlaces } from '../store/merge-store';
import { inTurn, type Act, type MergeDesk } from './merges/merge-desk';

const consentInFuture = defineError('consent_in_future', 422, 'Nobody has agreed to anything in the future');

async function show({ database }: MergeDesk, memberId: string): Promise<MemberConsents> {
  const history = await readConsents(database, memberId);
  const seen = new Set<string>();
  const standing = history.filter(({ channel }) => !seen.has(channel) && seen.add(channel));
  return { standing, history };
}

async function demand(desk: MergeDesk, { staff, now }: Act, memberId: string, permission: string): Promise<Decision> {
  const [place] = await readMergePlaces(desk.database, [memberId]);
  if (!place) throw notFound({ what: 'member', id: memberId });
  return desk.access.demand(staff, { permission, now, records: [{ storeId: place.storeId }] });
}

/** `GET /api/members/{id}/consents`. @throws not_found (404), forbidden (403) */
export async function viewConsents(desk: MergeDesk, act: Act, memberId: string): Promise<MemberConsents> {
  await demand(desk, act, memberId, 'members.view');
  return show(desk, memberId);
}

/**
 * `POST /api/members/{id}/consents`: what a member said of one channel; nothing that was said before goes away.
 * @throws not_found (404), forbidden (403), consent_in_future (422), member_merged, member_anonymised (409)
 */
export async function recordConsent(
  desk: MergeDesk,
  act: Act,
  { memberId, request }: { memberId: string; request: ConsentRequest },
): Promise<MemberConsents> {
  const decision = await demand(desk, act, memberId, 'members.record-consent');
  const { staff, now } = act;
  const occurredAt = request.occurredAt ? new Date(request.occurredAt) : now;
  if (occurredAt.getTime() > now.getTime()) throw consentInFuture(undefined);
  await inTurn(desk, async (sql) => {
    const [place] = await lockMergePlaces(sql, [memberId]);
    if (place?.status === 'merged') throw memberMerged({ memberId, keptId: place.keptId });
    if (place?.status === 'anonymised') throw memberAnonymised({ memberId });
    await writeConsent(sql, memberId, { ...request, occurredAt, staffName: staff.name });
    const { channel, isGiven, version } = request;
    const subject = { subjectType: 'members', subjectId: memberId, storeId: place?.storeId ?? null };
    await desk.access.record(sql, { staff, decision, ...subject, after: { channel, isGiven, version } });
  });
  return show(desk, memberId);
}
