import { multiply, percentOf, prorate, roundToIncrement, sum } from '@tessera/kernel/domain';
import type { Adjustment, ManualDiscount, Quote, QuoteLine } from '@tessera/checkout/contracts';
import type { CatalogueIndex, CatalogueItem } from './catalogue-search';
import type { Cart, TillLine } from './till-state';

export interface PricedLine {
  line: TillLine;
  /** Null when the catalogue of this device does not know it (any more). */
  item: CatalogueItem | null;
  nameZh: string;
  nameEn: string;
  listUnitPrice: number;
  listAmount: number;
  adjustments: Adjustment[];
  amount: number;
}

export interface PricedCart {
  lines: PricedLine[];
  totals: Quote['totals'];
  /** True until the server's price of exactly this cart is here. */
  isEstimate: boolean;
}

const LABELS: Record<'price-override' | 'manual-discount', Adjustment['label']> = {
  'price-override': { zh: '改价', en: 'Price changed' },
  'manual-discount': { zh: '手动折扣', en: 'Discount' },
};

function adjustment(source: keyof typeof LABELS, amount: number, reason: string): Adjustment {
  return { source, code: source, label: LABELS[source], amount, reason };
}

function fromQuote(line: TillLine, quoted: QuoteLine, catalogue: CatalogueIndex): PricedLine {
  const { nameZh, nameEn, listUnitPrice, listAmount, adjustments, amount } = quoted;
  const item = catalogue.bySku.get(line.sku) ?? null;
  return { line, item, nameZh, nameEn, listUnitPrice, listAmount, adjustments, amount };
}

function estimateLine(line: TillLine, catalogue: CatalogueIndex): PricedLine {
  const item = catalogue.bySku.get(line.sku) ?? null;
  const listUnitPrice = item?.unitPrice ?? line.unitPrice ?? 0;
  const listAmount = multiply(listUnitPrice, line.quantity);
  const amount = multiply(line.unitPrice ?? listUnitPrice, line.quantity);
  const changed = amount - listAmount;
  return {
    line,
    item,
    nameZh: item?.nameZh ?? line.sku,
    nameEn: item?.nameEn ?? line.sku,
    listUnitPrice,
    listAmount,
    adjustments: changed === 0 ? [] : [adjustment('price-override', changed, line.priceReason ?? '')],
    amount,
  };
}

/** What a manual discount takes off an amount: never more than there is. */
export function discountOn(amount: number, discount: ManualDiscount | null): number {
  if (!discount) return 0;
  return discount.kind === 'percent' ? percentOf(amount, discount.basisPoints) : Math.min(amount, discount.amount);
}

function withDiscount(lines: PricedLine[], discount: ManualDiscount | null): PricedLine[] {
  // What is paid for a card is what it is worth.
  const amounts = lines.map(({ item, amount }) => (item?.kind === 'card-plan' ? 0 : amount));
  const off = discountOn(sum(amounts), discount);
  if (!discount || off === 0) return lines;
  const shares = prorate(off, amounts);
  return lines.map((line, index) => {
    const share = shares[index] ?? 0;
    if (share === 0) return line;
    const adjustments = [...line.adjustments, adjustment('manual-discount', -share, discount.reason)];
    return { ...line, adjustments, amount: line.amount - share };
  });
}

export const NO_TOTALS: Quote['totals'] = { list: 0, discount: 0, tax: 0, payable: 0, payableInCash: 0 };

/**
 * The cart with its prices: the server's when they are here, until then the catalogue's, so that a tap shows its
 * effect at once. An amount beyond the safe integers shows as an empty estimate; the server refuses such a cart.
 */
export function priceCart(
  cart: Cart,
  quote: Quote | null,
  catalogue: CatalogueIndex,
  cashRounding: number,
): PricedCart {
  const quoted = new Map(quote?.lines.map((line) => [line.lineNo, line]));
  const isQuoted = quote !== null && cart.lines.every((line, index) => quoted.get(index + 1)?.sku === line.sku);
  if (isQuoted) {
    const lines = cart.lines.map((line, index) => fromQuote(line, quoted.get(index + 1) as QuoteLine, catalogue));
    return { lines, totals: quote.totals, isEstimate: false };
  }
  try {
    const lines = withDiscount(
      cart.lines.map((line) => estimateLine(line, catalogue)),
      cart.discount,
    );
    const list = sum(lines.map((line) => line.listAmount));
    const payable = sum(lines.map((line) => line.amount));
    const payableInCash = roundToIncrement(payable, cashRounding);
    return { lines, totals: { list, discount: list - payable, tax: 0, payable, payableInCash }, isEstimate: true };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { lines: [], totals: NO_TOTALS, isEstimate: true };
  }
}
