import { useQuery } from '@tanstack/react-query';
import type { Row } from '@tessera/backoffice/contracts';
import { http } from '../../providers/http';

const SHOWN = 100;

async function read(resource: string, giftId: string, sort?: string): Promise<Row[]> {
  const order = sort ? { _sort: sort, _order: 'desc' } : {};
  const params = { giftId, _start: 0, _end: SHOWN, ...order };
  return (await http.get<Row[]>(`/api/backoffice/${resource}`, { params })).data;
}

/** What the stores that one may see have of a gift. */
export function useGiftStock(giftId: string, isEnabled = true) {
  return useQuery({
    queryKey: ['gift-stock', giftId],
    enabled: isEnabled,
    staleTime: 0,
    queryFn: () => read('gift-stock', giftId),
  });
}

/** The newest movements of it. */
export function useGiftMoves(giftId: string, isEnabled = true) {
  return useQuery({
    queryKey: ['gift-stock-moves', giftId],
    enabled: isEnabled,
    staleTime: 0,
    queryFn: () => read('gift-stock-moves', giftId, 'occurredAt'),
  });
}
