import type { RefundedLot } from './refund-lot';
import type { SoldLot } from './sell-plan';
import type { ValueSpend } from './spend-value';

/** What a transaction does to cards: `tessera.move_cards(jsonb)` takes it; see the top of its migration. Positive amounts. */
export interface CardsMove {
  /** Whose cards are used and opened. */
  memberId: string | null;
  /** Put on cards. */
  sold: readonly SoldLot[];
  /** Paid from stored value. */
  spends: readonly ValueSpend[];
  /** What of the spends counts when points are earned, if the points go by it; another split is not booked. */
  earning: number | null;
  /** Sessions used, per line. */
  uses: readonly { lineNo: number; cardId: string; itemId: string; quantity: number }[];
  /** Of a refund. */
  refund?: {
    saleId: string;
    /** Taken off the cards that the sale sold. */
    lots: readonly RefundedLot[];
    /** Stored value that returns to the lots it came from. */
    value: number;
    /** Sessions that return, per line. */
    sessions: readonly { lineNo: number; quantity: number }[];
  };
}

/** What a transaction did to one card, as `tessera.cards_of` answers; negative = off the card. */
export interface CardEntry {
  cardId: string;
  number: string;
  /** Opened by this transaction. */
  isNew: boolean;
  principal: number;
  bonus: number;
  /** Stored value on the card afterwards; null = it was not moved. */
  left: number | null;
  /** Uses of time cards, too: of them nothing is left or used up, `left` is null. */
  sessions: { sku: string; nameZh: string; nameEn: string; moved: number; left: number | null }[];
}
