import { BASIS_POINTS, multiply, sum } from '@tessera/kernel/domain';
import { MAX_AMOUNT, type Adjustment, type CartLine } from '../../contracts';
import type { ItemFacts } from '../facts';
import { formatMinor } from '../format-minor';
import { amountTooLarge, inactiveItem, unknownSku, unknownStaff } from '../refusals';
import type { OpenLine, Pricing, PricingContext } from './pricing';

/** By how much a new price is below the list price, in basis points, rounded up: a limit of 10 % is never passed by a rounding. */
function reductionOf(listPrice: number, price: number): number {
  return price >= listPrice ? 0 : Math.ceil(((listPrice - price) * BASIS_POINTS) / listPrice);
}

function isReplaced({ unitPrice }: CartLine, item: ItemFacts): boolean {
  return unitPrice !== undefined && unitPrice !== item.unitPrice;
}

function overrideOf(line: CartLine, item: ItemFacts, currency: string): Adjustment[] {
  const { unitPrice = item.unitPrice, quantity, priceReason = '' } = line;
  if (!isReplaced(line, item)) return [];
  const change = `${formatMinor(item.unitPrice, currency)} → ${formatMinor(unitPrice, currency)}`;
  return [
    {
      source: 'price-override',
      code: 'price-override',
      label: { zh: `改价 ${change}`, en: `Price changed ${change}` },
      amount: multiply(unitPrice - item.unitPrice, quantity),
      reason: priceReason,
    },
  ];
}

function openLine(line: CartLine, lineNo: number, item: ItemFacts, currency: string): OpenLine {
  const adjustments = overrideOf(line, item, currency);
  const listAmount = multiply(item.unitPrice, line.quantity);
  const amount = sum([listAmount, ...adjustments.map((adjustment) => adjustment.amount)]);
  if (listAmount > MAX_AMOUNT || amount > MAX_AMOUNT) throw amountTooLarge({ lineNo });
  return {
    itemId: item.id,
    lineNo,
    sku: item.sku,
    kind: item.kind,
    nameZh: item.nameZh,
    nameEn: item.nameEn,
    quantity: line.quantity,
    listUnitPrice: item.unitPrice,
    listAmount,
    adjustments,
    amount,
    taxRate: item.taxRate,
    staffIds: line.staffIds ?? [],
  };
}

/**
 * Where the price of goods and services begins: each line at its list price, or at the price that replaces it.
 * @throws unknown_sku, inactive_item, unknown_staff, amount_too_large (422)
 */
export function listPrices({ cart, facts, store }: PricingContext): Pricing {
  const items = new Map(facts.items.map((item) => [item.sku, item]));
  const staff = new Set(facts.staffIds);
  const reductions: number[] = [];
  const plans = new Set(facts.cards.plans.map(({ sku }) => sku));
  const lines = cart.lines.flatMap((line, index) => {
    const lineNo = index + 1;
    if (plans.has(line.sku)) return [];
    const item = items.get(line.sku);
    if (!item) throw unknownSku({ lineNo, sku: line.sku });
    if (!item.isForSale) throw inactiveItem({ lineNo, sku: line.sku });
    const stranger = line.staffIds?.find((id) => !staff.has(id));
    if (stranger !== undefined) throw unknownStaff({ lineNo, staffId: stranger });
    if (isReplaced(line, item)) reductions.push(reductionOf(item.unitPrice, line.unitPrice ?? 0));
    return [openLine(line, lineNo, item, store.currency)];
  });
  const amounts = [lines.map((line) => line.amount), lines.map((line) => line.listAmount)];
  if (amounts.some((each) => sum(each) > MAX_AMOUNT)) throw amountTooLarge({});
  const priceReduction = reductions.length > 0 ? Math.max(...reductions) : null;
  return {
    lines,
    rejected: [],
    asks: { discountRate: null, priceReduction },
    coupons: [],
    couponOffers: [],
    points: null,
    sessionUses: [],
  };
}
