import type {
  CashMovementRequest,
  CloseShiftRequest,
  HandoverRequest,
  OpenShiftRequest,
  Shift,
  ShiftReport,
  TillShift,
} from '@tessera/checkout/contracts';
import { http } from '../../providers/http';

const SHIFTS = '/api/checkout/shifts';

export async function fetchTillShift(tillId: string, signal?: AbortSignal): Promise<TillShift> {
  return (await http.get<TillShift>(SHIFTS, { params: { tillId }, signal })).data;
}

async function write<Answer>(path: string, body: object, key: string): Promise<Answer> {
  return (await http.post<Answer>(`${SHIFTS}${path}`, body, { headers: { 'idempotency-key': key } })).data;
}

export const openShift = (request: OpenShiftRequest, key: string) => write<Shift>('', request, key);

export const moveCash = (id: string, request: CashMovementRequest, key: string) =>
  write<Shift>(`/${id}/cash-movements`, request, key);

export const takeOver = (id: string, request: HandoverRequest, key: string) =>
  write<Shift>(`/${id}/handover`, request, key);

export const closeShift = (id: string, request: CloseShiftRequest, key: string) =>
  write<ShiftReport>(`/${id}/close`, request, key);
