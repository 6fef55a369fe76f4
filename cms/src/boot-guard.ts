import type { Core, UID } from '@strapi/strapi';
import { CORE_ATTRIBUTES } from './core-attributes';

export const REQUIRED_PLUGINS = [
  'kernel',
  'access',
  'backoffice',
  'ledger',
  'members',
  'points',
  'campaigns',
  'cards',
  'checkout',
  'imports',
] as const;

/**
 * Strapi skips a plugin without `dist` silently and would then run without its rules. Everything that must be there is
 * named here, and the start is refused when something is not.
 * @returns one sentence per problem; empty = all there.
 */
export function bootProblems(strapi: Pick<Core.Strapi, 'plugins' | 'contentTypes'>): string[] {
  const plugins = REQUIRED_PLUGINS.filter((name) => !strapi.plugins[name]).map(
    (name) => `plugin "${name}" is missing: build it with \`npx tsc -b\` (plugins/${name}/dist)`,
  );
  const attributes = Object.entries(CORE_ATTRIBUTES).flatMap(([uid, names]) => {
    const type = strapi.contentTypes[uid as UID.ContentType];
    if (!type) return [`content type "${uid}" is missing: restore cms/src/api`];
    return names
      .filter((name) => !Object.hasOwn(type.attributes, name))
      .map((name) => `attribute "${name}" of "${uid}" is missing: restore its schema.json`);
  });
  return [...plugins, ...attributes];
}
