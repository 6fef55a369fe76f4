export * from './booking';
export * from './facts';
export { formatMinor } from './format-minor';
export { agreedTerms, quote, toQuote, type PricedCart, type PricedLine } from './quote';
export * from './refusals';
export { settle, type Settlement } from './settle';
