export * from './mask';
export * from './points-somewhere';
export * from './resource';
