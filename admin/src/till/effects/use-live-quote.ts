import { useEffect, type Dispatch } from 'react';
import type { TillAction } from '../model/reduce-till';
import { toQuoteRequest } from '../model/sale-request';
import type { TillState } from '../model/till-state';
import { fetchQuotes, refusalOf } from './till-api';

/** Several taps in a row make one question. */
const SETTLE_MS = 40;

/** Asks the server for the price of every cart; a newer cart takes back the question about the older one. */
export function useLiveQuote(state: TillState, dispatch: Dispatch<TillAction>): void {
  const { place, cart, revision } = state;
  const isWaiting = state.quoteStatus === 'waiting' && state.phase !== 'submitting';
  useEffect(() => {
    if (!isWaiting) return undefined;
    const question = new AbortController();
    const timer = setTimeout(() => {
      fetchQuotes(toQuoteRequest(place, cart), cart.exchange, question.signal).then(
        (answer) => dispatch({ type: 'quoted', revision, ...answer }),
        (error: unknown) => {
          if (question.signal.aborted) return;
          dispatch({ type: 'quoteFailed', revision, refusal: refusalOf(error) });
        },
      );
    }, SETTLE_MS);
    return () => {
      clearTimeout(timer);
      question.abort();
    };
  }, [place, cart, revision, isWaiting, dispatch]);
}
