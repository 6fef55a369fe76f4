import type { MemberBalance, MemberHoldings } from '@tessera/members/public';
import { forgetInActs, moveCards, moveCardsBack, readCardBalances } from '../store/holdings-store';

const LABELS = {
  cards: { zh: '会员卡', en: 'Cards' },
  principal: { zh: '储值本金', en: 'Stored value: principal' },
  bonus: { zh: '储值赠金', en: 'Stored value: bonus' },
  sessions: { zh: '次卡剩余次数', en: 'Sessions left' },
} as const;

/** The cards of members, for those that become one: a card changes hands with what is on it. */
export const CARDS_OF_MEMBERS: MemberHoldings = {
  code: 'cards',
  place: 10,
  async balances(sql, memberId) {
    const rows = await readCardBalances(sql, memberId);
    const balance = (code: keyof typeof LABELS, amount: number, currency: string | null): MemberBalance[] =>
      amount === 0 ? [] : [{ code, label: LABELS[code], amount, currency }];
    const total = (code: 'cards' | 'sessions') => rows.reduce((sum, row) => sum + row[code], 0);
    return [
      ...balance('cards', total('cards'), null),
      ...rows.flatMap(({ currency, principal, bonus }) => [
        ...balance('principal', principal, currency),
        ...balance('bonus', bonus, currency),
      ]),
      ...balance('sessions', total('sessions'), null),
    ];
  },
  move: moveCards,
  moveBack: moveCardsBack,
  forget: (sql, { memberIds }) => forgetInActs(sql, memberIds),
};
