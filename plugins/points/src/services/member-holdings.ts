import { randomBytes } from 'node:crypto';
import { uuidV7 } from '@tessera/kernel/domain';
import type { MemberHoldings, MergeOfHoldings } from '@tessera/members/public';
import { forgetInGifts } from '../store/gift-writing';
import { forgetInAdjustments, movePoints, movePointsBack, readPointsBalance } from '../store/holdings-store';

const LABEL = { zh: '积分', en: 'Points' };

function withJournalId({ mergeId, keptId, duplicateId, journal, now }: MergeOfHoldings) {
  return { mergeId, keptId, duplicateId, journal: { id: uuidV7(now, randomBytes(10)), ...journal } };
}

/** The points of members, for those that become one: lots keep their dates, the balance moves by an entry. Gifts are looked up under every number. */
export const POINTS_OF_MEMBERS: MemberHoldings = {
  code: 'points',
  place: 20,
  async balances(sql, memberId) {
    const amount = await readPointsBalance(sql, memberId);
    return amount === 0 ? [] : [{ code: 'points', label: LABEL, amount, currency: null }];
  },
  move: (sql, merge) => movePoints(sql, withJournalId(merge)),
  moveBack: (sql, undo) => movePointsBack(sql, withJournalId(undo)),
  async forget(sql, { memberIds }) {
    await forgetInAdjustments(sql, memberIds);
    await forgetInGifts(sql, memberIds);
  },
};
