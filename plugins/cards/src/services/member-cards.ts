import type { Access, Staff } from '@tessera/access/public';
import { notFound } from '@tessera/kernel/domain';
import type { Database } from '@tessera/kernel/public';
import type { MemberCards } from '../contracts';
import { readMemberCards } from '../store/member-cards-store';

export interface CardsDesk {
  access: Access;
  database: Database;
}

export interface Act {
  staff: Staff;
  now: Date;
}

/** `GET /api/cards/members/{id}`. @throws not_found (404), forbidden (403) */
export async function viewMemberCards(desk: CardsDesk, { staff, now }: Act, memberId: string): Promise<MemberCards> {
  await desk.access.demand(staff, { permission: 'cards.view', now });
  const cards = await readMemberCards(desk.database, memberId, now);
  if (!cards) throw notFound({ what: 'member', id: memberId });
  return { memberId, cards };
}
