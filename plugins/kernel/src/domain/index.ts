export * from './business-day';
export * from './calendar-period';
export * from './canonical-json';
export * from './csv-cell';
export * from './errors';
export type * from './job';
export { instantOf } from './local-instant';
export * from './money';
export * from './uuid-v7';
