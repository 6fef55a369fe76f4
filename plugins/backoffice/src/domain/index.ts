export * from './list-cell';
export * from './mask';
export * from './points-somewhere';
export * from './resource';
export { described, schemaFields } from './schema-fields';
export { writeSchema } from './write-schema';
export { changesBetween } from './changes';
