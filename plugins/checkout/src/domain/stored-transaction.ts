import type { MovedCoupons } from '@tessera/campaigns/domain';
import type { CardEntry } from '@tessera/cards/domain';
import type { PointsMove } from '@tessera/points/domain';
import type { Transaction } from '../contracts';
import type { BookedTransaction } from './booking';

/** A transaction as it is read back: what was booked, its number, and the member's names as this reader may see them. */
export type StoredTransaction = Omit<
  BookedTransaction,
  'tillCode' | 'journal' | 'sourceRef' | 'needsShift' | 'points' | 'coupons' | 'cards' | 'tier' | 'toppedUp'
> & {
  points: Pick<PointsMove, 'earned' | 'redeemed' | 'shares' | 'terms'> | null;
  cards: CardEntry[] | null;
  coupons: MovedCoupons[] | null;
  /** Of an exchange: the other of its two. */
  exchangedWith: string | null;
  number: string;
  memberNo: string | null;
  memberName: string | null;
};

function toCardEntry(entry: CardEntry): CardEntry {
  const { cardId, number, isNew, principal, bonus, left } = entry;
  const sessions = entry.sessions.map(({ sku, nameZh, nameEn, moved, left: after }) => ({
    sku,
    nameZh,
    nameEn,
    moved,
    left: after,
  }));
  return { cardId, number, isNew, principal, bonus, left, sessions };
}

function toMovedCoupons({ label: { zh, en }, quantity, validUntil }: MovedCoupons): MovedCoupons {
  return { label: { zh, en }, quantity, validUntil };
}

/** What the contract shows. The key order is fixed, so that a repeated request is answered with the same bytes. */
export function toTransaction(stored: StoredTransaction): Transaction {
  return {
    id: stored.id,
    number: stored.number,
    kind: stored.kind,
    storeId: stored.storeId,
    tillId: stored.tillId,
    staffId: stored.staffId,
    staffName: stored.staffName,
    memberId: stored.memberId,
    memberName: stored.memberName,
    memberNo: stored.memberNo,
    businessDay: stored.businessDay,
    occurredAt: stored.occurredAt,
    currency: stored.currency,
    lines: stored.lines.map((line) => ({
      id: `${stored.id}-${line.lineNo}`,
      lineNo: line.lineNo,
      sku: line.sku,
      kind: line.kind,
      nameZh: line.nameZh,
      nameEn: line.nameEn,
      quantity: line.quantity,
      listUnitPrice: line.listUnitPrice,
      listAmount: line.listAmount,
      adjustments: line.adjustments.map(({ source, code, label, amount, reason }) => ({
        source,
        code,
        label: { zh: label.zh, en: label.en },
        amount,
        reason,
      })),
      amount: line.amount,
      taxRate: line.taxRate,
      taxAmount: line.taxAmount,
      staffIds: line.staffIds,
    })),
    totals: {
      list: stored.listAmount,
      discount: stored.discount,
      tax: stored.tax,
      payable: stored.payable,
      payableInCash: stored.payableInCash,
      rounding: stored.rounding,
      paid: stored.paid,
      change: stored.change,
    },
    payments: stored.payments.map(({ method, amount, received, change, reference }) => ({
      method,
      amount,
      received,
      change,
      reference,
    })),
    points: stored.points ? { earned: stored.points.earned, redeemed: stored.points.redeemed } : null,
    cards: stored.cards?.map(toCardEntry) ?? null,
    coupons: stored.coupons?.map(toMovedCoupons) ?? null,
    refundsTransactionId: stored.refundsTransactionId,
    exchangedWith: stored.exchangedWith,
  };
}
