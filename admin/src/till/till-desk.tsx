import type { Me } from '@tessera/access/contracts';
import { useCallback, useEffect, useMemo, useReducer, useRef, useState } from 'react';
import { moneyIn } from '../components/money';
import type { Store } from '../providers/me';
import { useConnection } from './effects/use-connection';
import { useCouponHold } from './effects/use-coupon-hold';
import { useKeptCart, restoredState } from './effects/use-kept-cart';
import { useLiveQuote } from './effects/use-live-quote';
import { useTillShift } from './effects/use-till-shift';
import { useSaleSending } from './effects/use-sale-sending';
import { useWide } from './effects/use-wide';
import { randomUuid } from './effects/random-uuid';
import type { CatalogueIndex } from './model/catalogue-search';
import { priceCart } from './model/price-cart';
import { reduceTill } from './model/reduce-till';
import { tillRights } from './model/till-permissions';
import { TillProvider, type Sheet, type Till } from './till-context';
import { TillLayout } from './till-layout';

interface TillDeskProps {
  store: Store;
  till: Store['tills'][number];
  me: Me;
  catalogue: CatalogueIndex;
  onChooseTill(id: string): void;
  onPricesChanged(): void;
}

/** The state of one till, and the effects that watch it: price, send, keep. */
function useTillState(place: { storeId: string; tillId: string }, staffId: string) {
  const [state, dispatch] = useReducer(reduceTill, null, () => restoredState(place, staffId));
  useSaleSending(state, dispatch, staffId);
  useKeptCart(state, dispatch, staffId);
  useLiveQuote(state, dispatch);
  useCouponHold(state);
  return { state, dispatch };
}

/** One till at work. */
export function TillDesk({ store, till, me, catalogue, onChooseTill, onPricesChanged }: TillDeskProps) {
  const { id: staffId, name: staffName } = me.staff;
  const { state, dispatch } = useTillState({ storeId: store.id, tillId: till.id }, staffId);
  const root = useRef<HTMLDivElement>(null);
  const isWide = useWide(root);
  const [sheet, open] = useState<Sheet | null>(null);

  const isSilent = state.quoteStatus === 'unreachable' || state.silence === 'unreachable';
  const onReturn = useCallback(() => dispatch({ type: 'retryQuote' }), [dispatch]);
  const isOnline = useConnection(isSilent, onReturn);

  const isStale = state.problem?.kind === 'price-changed' || state.problem?.kind === 'items-unavailable';
  useEffect(() => {
    if (isStale) onPricesChanged();
  }, [isStale, onPricesChanged]);

  const money = useMemo(() => moneyIn(store.currency), [store.currency]);
  const rights = useMemo(() => tillRights(me.policy, store.id, new Date()), [me.policy, store.id]);
  const priced = useMemo(
    () => priceCart(state.cart, state.quote, catalogue, store.cashRounding),
    [state.cart, state.quote, catalogue, store.cashRounding],
  );

  const context: Till = {
    state,
    dispatch,
    store,
    till,
    policy: me.policy,
    rights,
    catalogue,
    priced,
    money,
    seal: () => ({ newKey: randomUuid(), now: new Date().toISOString(), staffId, staffName }),
    isOnline,
    isWide,
    open,
    ...useTillShift(till.id, isOnline),
  };
  return (
    <TillProvider value={context}>
      <div ref={root} className="till" data-wide={isWide} data-phase={state.phase}>
        <TillLayout sheet={sheet} onChooseTill={onChooseTill} />
      </div>
    </TillProvider>
  );
}
