import { useEffect, type Dispatch } from 'react';
import { reduceTill, type TillAction } from '../model/reduce-till';
import { keepDraft, keptDraft, unansweredSales } from '../model/sale-storage';
import { initialState, type Place, type TillState } from '../model/till-state';
import { findMembers } from './till-api';

/** The till as this device left it: an unanswered sale first, else the cart that was being put together. */
export function restoredState(place: Place, staffId: string): TillState {
  const [frozen] = unansweredSales(localStorage, place);
  const state = initialState(place);
  if (frozen) return reduceTill(state, { type: 'recover', frozen, staffId });
  const draft = keptDraft(localStorage, place);
  return draft ? reduceTill(state, { type: 'restore', draft }) : state;
}

/** Writes every change of the cart to the device, and brings back sales that the server still owes an answer. */
export function useKeptCart(state: TillState, dispatch: Dispatch<TillAction>, staffId: string): void {
  const { phase, place, cart, saleKey, doubtful } = state;
  useEffect(() => {
    // A frozen sale is kept by its sender; the draft would only be its double.
    const draft = phase === 'submitting' ? { ...cart, lines: [], member: null, exchange: null } : cart;
    const isKept = keepDraft(localStorage, { place, cart: draft, saleKey, doubtful });
    if (!isKept) dispatch({ type: 'report', problem: { kind: 'device-memory' } });
  }, [phase, place, cart, saleKey, doubtful, dispatch]);

  const isBetweenSales = phase === 'selling' && cart.lines.length === 0 && cart.member === null;
  useEffect(() => {
    const [frozen] = isBetweenSales ? unansweredSales(localStorage, place) : [];
    if (frozen) dispatch({ type: 'recover', frozen, staffId });
  }, [isBetweenSales, place, dispatch, staffId]);

  useMemberDetails(state, dispatch);
}

/** A member from the shelf or from a held cart comes with the number only; what the bar shows is asked for again. */
function useMemberDetails({ phase, cart }: TillState, dispatch: Dispatch<TillAction>): void {
  const { member } = cart;
  const isBare = phase === 'selling' && member !== null && !('status' in member);
  useEffect(() => {
    if (!isBare || !member?.memberNo) return undefined;
    const question = new AbortController();
    findMembers(member.memberNo, question.signal).then(
      (hits) => {
        const hit = hits.find(({ id }) => id === member.id);
        if (hit) dispatch({ type: 'setMember', member: { status: 'active', ...hit } });
      },
      // The sale needs only who it is; the rest of the bar can wait.
      () => undefined,
    );
    return () => question.abort();
  }, [isBare, member, dispatch]);
}
