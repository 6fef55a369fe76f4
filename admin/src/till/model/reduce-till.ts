import { reduceCart, type CartAction } from './reduce-cart';
import { reduceSale, type SaleAction } from './reduce-sale';
import type { TillState } from './till-state';

export type TillAction = CartAction | SaleAction;

const CART_ACTIONS: ReadonlySet<TillAction['type']> = new Set<CartAction['type']>([
  'add',
  'setQuantity',
  'typeDigit',
  'commitQuantity',
  'forgetDigits',
  'remove',
  'select',
  'moveSelection',
  'setMember',
  'setDiscount',
  'setPoints',
  'useSessions',
  'setNewCard',
  'addCoupon',
  'removeCoupon',
  'overridePrice',
  'setStaff',
  'resume',
  'exchange',
  'empty',
]);

function isCartAction(action: TillAction): action is CartAction {
  return CART_ACTIONS.has(action.type);
}

/** The till: what was, and what happened → what is. Pure and total; effects watch the state and report back. */
export function reduceTill(state: TillState, action: TillAction): TillState {
  return isCartAction(action) ? reduceCart(state, action) : reduceSale(state, action);
}
