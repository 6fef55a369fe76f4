import { isCouponCode } from '@tessera/campaigns/contracts';
import { useCallback, type Dispatch } from 'react';
import { findByCode, type CatalogueIndex } from '../model/catalogue-search';
import type { TillAction } from '../model/reduce-till';
import { findMembers } from './till-api';

interface ScanOptions {
  catalogue: CatalogueIndex;
  dispatch: Dispatch<TillAction>;
  canFindMembers: boolean;
  canRedeemCoupons: boolean;
}

/** What a scanned code means: an item, else the card of a member, else a coupon, else a notice. */
export function useScan({
  catalogue,
  dispatch,
  canFindMembers,
  canRedeemCoupons,
}: ScanOptions): (code: string) => void {
  return useCallback(
    (code: string) => {
      dispatch({ type: 'forgetDigits' });
      const item = findByCode(catalogue, code);
      if (item) {
        dispatch({ type: 'add', sku: item.sku });
        return;
      }
      const unknown = () =>
        canRedeemCoupons && isCouponCode(code)
          ? dispatch({ type: 'addCoupon', code })
          : dispatch({ type: 'report', problem: { kind: 'unknown-barcode', barcode: code } });
      if (!canFindMembers) {
        unknown();
        return;
      }
      findMembers(code).then((hits) => {
        const [member] = hits;
        // A card names one person; several hits mean that the code was no card.
        if (hits.length === 1 && member) dispatch({ type: 'setMember', member });
        else unknown();
      }, unknown);
    },
    [catalogue, dispatch, canFindMembers, canRedeemCoupons],
  );
}
