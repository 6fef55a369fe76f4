import { businessDayOf } from '@tessera/kernel/domain';
import type { Sql } from '@tessera/kernel/public';
import { tierMove, type TierMove } from '../../domain';
import { readMembersToJudge, recordMoves, type JudgedMember } from '../../store/tier-store';
import type { TierBook } from './tier-book';

/** Members in one short statement each way. */
const BATCH = 1_000;

async function moveOf(tierBook: TierBook, member: JudgedMember, now: Date): Promise<TierMove | null> {
  const { memberId, holding, timeZone, dayCutoff } = member;
  if (!holding) return null;
  const tiers = await tierBook(holding.version);
  return tierMove(tiers, holding, { memberId, now, day: businessDayOf(now, timeZone, dayCutoff) });
}

/**
 * Writes for every member the tier that he has by now, when it is not the one that his history says: time has passed, tiers were
 * changed, history was imported, or two tills served him at once. May run late, twice, or on two nodes.
 */
export async function judgeMembers(
  { sql, tierBook, batch = BATCH }: { sql: Sql; tierBook: TierBook; batch?: number },
  now: Date,
): Promise<{ judged: number; rose: number; fell: number }> {
  const done = { judged: 0, rose: 0, fell: 0 };
  for (let after = ''; ; ) {
    const members = await readMembersToJudge(sql, after, now, batch);
    const last = members.at(-1);
    if (!last) return done;
    after = last.memberId;
    const found = await Promise.all(members.map((member) => moveOf(tierBook, member, now)));
    const moves = found.filter((move) => move !== null);
    if (moves.length > 0) await recordMoves(sql, moves);
    done.judged += members.length;
    for (const { cause } of moves) done[cause]++;
  }
}
