import { isCouponCode } from '@tessera/campaigns/contracts';
import { useCallback, type Dispatch } from 'react';
import { findByCode, type CatalogueIndex } from '../model/catalogue-search';
import type { TillAction } from '../model/reduce-till';
import type { TillRights } from '../model/till-permissions';
import type { Sheet } from '../till-context';
import { findMembers } from './till-api';

interface ScanOptions {
  catalogue: CatalogueIndex;
  dispatch: Dispatch<TillAction>;
  rights: TillRights;
  open(sheet: Sheet): void;
}

/** `<till code>-<yymmdd>-<number>`, as the receipt shows it. */
const TRANSACTION_NUMBER = /^\S+-\d{6}-\d+$/;

/** What a scanned code means: an item, else a receipt, else the card of a member, else a coupon, else a notice. */
export function useScan({ catalogue, dispatch, rights, open }: ScanOptions): (code: string) => void {
  return useCallback(
    (code: string) => {
      dispatch({ type: 'forgetDigits' });
      const item = findByCode(catalogue, code);
      if (item) {
        dispatch({ type: 'add', sku: item.sku });
        return;
      }
      if ((rights.canRefund || rights.canVoid || rights.canExchange) && TRANSACTION_NUMBER.test(code)) {
        open({ kind: 'refund', number: code });
        return;
      }
      const unknown = () =>
        rights.canRedeemCoupons && isCouponCode(code)
          ? dispatch({ type: 'addCoupon', code })
          : dispatch({ type: 'report', problem: { kind: 'unknown-barcode', barcode: code } });
      if (!rights.canFindMembers) {
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
    [catalogue, dispatch, rights, open],
  );
}
