export * from './gift';
export * from './gift-journal';
export * from './gift-refusals';
export * from './judge-gift';
