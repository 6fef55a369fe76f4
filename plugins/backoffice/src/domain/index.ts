export * from './mask';
export * from './points-somewhere';
export * from './resource';
export { described, schemaFields } from './schema-fields';
