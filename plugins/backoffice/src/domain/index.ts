export * from './mask';
export * from './resource';
