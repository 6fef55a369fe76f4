import type { Policy } from '@tessera/access/domain';
import type { TillShift } from '@tessera/checkout/contracts';
import { createContext, useContext, type Dispatch } from 'react';
import type { Money } from '../components/money';
import type { Store } from '../providers/me';
import type { CatalogueIndex } from './model/catalogue-search';
import type { PricedCart } from './model/price-cart';
import type { TillAction } from './model/reduce-till';
import type { Seal } from './model/reduce-sale';
import type { TillRights } from './model/till-permissions';
import type { TillState } from './model/till-state';

/** What lies over the sale. */
export type Sheet =
  | { kind: 'discount' }
  | { kind: 'price'; key: number }
  | { kind: 'staff'; key: number }
  | { kind: 'hold' }
  | { kind: 'coupons' }
  | { kind: 'gifts' }
  | { kind: 'help' }
  | { kind: 'till' }
  | { kind: 'shift' }
  /** `number` of the transaction, as scanned or typed. */
  | { kind: 'refund'; number: string | null };

export interface Till {
  state: TillState;
  dispatch: Dispatch<TillAction>;
  store: Store;
  till: Store['tills'][number];
  policy: Policy;
  rights: TillRights;
  catalogue: CatalogueIndex;
  priced: PricedCart;
  money: Money;
  /** Made at the moment of paying: the key of the sale, the time and the person. */
  seal(): Seal;
  /** False while the server cannot be reached. */
  isOnline: boolean;
  /** Three zones side by side; otherwise two panes and a pay sheet. */
  isWide: boolean;
  open(sheet: Sheet | null): void;
  /** The shift of this till as the server keeps it; null until it has told. */
  tillShift: TillShift | null;
  refreshShift(): void;
}

const TillContext = createContext<Till | null>(null);
export const TillProvider = TillContext.Provider;

export function useTill(): Till {
  const till = useContext(TillContext);
  if (!till) throw new Error('useTill outside the till screen');
  return till;
}
