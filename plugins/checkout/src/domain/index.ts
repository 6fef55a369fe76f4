export * from './booking';
export { earnPoints } from './earn-points';
export * from './facts';
export { formatMinor } from './format-minor';
export * from './prepare-item';
export type { PricedLine } from './pricing/pricing';
export { agreedTerms, quote, toQuote, type PricedCart } from './quote';
export {
  escapeHtml,
  receiptHtml,
  type ReceiptLanguage,
  type ReceiptOptions,
  type ReceiptPlace,
  type ReceiptWidth,
} from './receipt';
export * from './refund';
export * from './refusals';
export { settle, type Settlement } from './settle';
export * from './shift';
