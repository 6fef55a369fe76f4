import { useQuery } from '@tanstack/react-query';
import type { Row } from '@tessera/backoffice/contracts';
import type { MemberHit } from '@tessera/members/contracts';
import { useMemo } from 'react';
import { useDebounced } from '../components/use-debounced';
import { useMay } from '../providers/access-control';
import { http } from '../providers/http';

const SETTLE_MS = 200;
const MOST = 6;
const LONGEST = 64;
/** One character finds half the town; one 汉字 may be a name. */
const FINDS_MEMBERS = /^(?=.*\p{Script=Han})|.{2,}/u;
/** Transaction numbers begin with the till and hold the day: `R1-261124-17`. */
const FINDS_TRANSACTIONS = /^[\p{L}\d-]*\d[\p{L}\d-]{2,}$/u;

export interface Found {
  text: string;
  members: MemberHit[];
  transactions: Row[];
}

async function findMembers(q: string, signal: AbortSignal): Promise<MemberHit[]> {
  const { data } = await http.get<MemberHit[]>('/api/members/lookup', { params: { q }, signal });
  return data.slice(0, MOST);
}

async function findTransactions(number: string, signal: AbortSignal): Promise<Row[]> {
  const params = { number_like: number, _start: 0, _end: MOST };
  const { data } = await http.get<Row[]>('/api/backoffice/transactions', { params, signal });
  return data;
}

/** Members and transactions for what is typed, each only where the role may look for them. */
export function useFound(typed: string): Found & { isLooking: boolean } {
  const now = typed.trim().slice(0, LONGEST);
  const text = useDebounced(now, SETTLE_MS);
  const mayFindMembers = useMay('members.lookup');
  const mayOpenMembers = useMay('members.view');
  const mayFindTransactions = useMay('transactions.view');
  const members = useQuery({
    queryKey: ['palette-members', text],
    queryFn: ({ signal }) => findMembers(text, signal),
    enabled: mayFindMembers && mayOpenMembers && FINDS_MEMBERS.test(text),
    staleTime: 0,
  });
  const transactions = useQuery({
    queryKey: ['palette-transactions', text],
    queryFn: ({ signal }) => findTransactions(text, signal),
    enabled: mayFindTransactions && FINDS_TRANSACTIONS.test(text),
    staleTime: 0,
  });
  const isLooking = text !== now || members.isFetching || transactions.isFetching;
  return useMemo(
    () => ({ text, members: members.data ?? [], transactions: transactions.data ?? [], isLooking }),
    [text, members.data, transactions.data, isLooking],
  );
}
