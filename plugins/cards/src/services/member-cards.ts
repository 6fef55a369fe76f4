import type { Access, Staff } from '@tessera/access/public';
import { notFound } from '@tessera/kernel/domain';
import type { Database } from '@tessera/kernel/public';
import type { CardNumbers, MemberCards } from '../contracts';
import { readCardNumbers, readMemberCards } from '../store/member-cards-store';

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
  const found = await readMemberCards(desk.database, memberId, now);
  if (!found) throw notFound({ what: 'member', id: memberId });
  return { memberId, ...found };
}

/** `GET /api/cards/members/{id}/numbers`. @throws forbidden (403) */
export async function viewCardNumbers(desk: CardsDesk, { staff, now }: Act, memberId: string): Promise<CardNumbers> {
  await desk.access.demand(staff, { permission: 'cards.freeze', now });
  return readCardNumbers(desk.database, memberId);
}
