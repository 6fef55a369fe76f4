import type { Core } from '@strapi/strapi';
import type { Grant, LocalizedText, PermissionDefinition, PolicyPermission } from '../domain/policy';

export interface Catalogue {
  declare(definitions: readonly PermissionDefinition[]): void;
  all(): PermissionDefinition[];
  get(code: string): PermissionDefinition | undefined;
  byAction(action: string): PermissionDefinition | undefined;
  /** What people call it; the code itself where nobody declares it any more. */
  labelOf(code: string): LocalizedText;
  /** Makes every permission an action of Strapi's own role editor. */
  registerActions(strapi: Core.Strapi): Promise<void>;
}

/** Strapi's name of a permission, in its table and its role editor. */
export function actionOf(definition: Pick<PermissionDefinition, 'plugin' | 'code'>): string {
  return `plugin::${definition.plugin}.${definition.code}`;
}

export function createCatalogue(): Catalogue {
  const byCode = new Map<string, PermissionDefinition>();
  const actions = new Map<string, PermissionDefinition>();
  return {
    declare(definitions) {
      for (const definition of definitions) {
        if (byCode.has(definition.code)) throw new Error(`permission "${definition.code}" is declared twice`);
        byCode.set(definition.code, definition);
        actions.set(actionOf(definition), definition);
      }
    },
    all: () => [...byCode.values()],
    get: (code) => byCode.get(code),
    byAction: (action) => actions.get(action),
    labelOf: (code) => byCode.get(code)?.label ?? { zh: code, en: code },
    async registerActions(strapi) {
      await strapi.service('admin::permission').actionProvider.registerMany(
        [...byCode.values()].map(({ code, plugin, label, module }) => ({
          section: 'plugins',
          uid: code,
          pluginName: plugin,
          displayName: `${label.en} ${label.zh}`,
          subCategory: `${module.en} ${module.zh}`,
        })),
      );
    },
  };
}

/** What `decide` needs of a definition. */
export function pack(definition: PermissionDefinition): PolicyPermission {
  const { risk, isStoreScoped, canBeApproved, needsReason, limits, fields } = definition;
  return {
    risk,
    isStoreScoped,
    canBeApproved,
    needsReason,
    limits: limits.map((limit) => limit.key),
    fields: fields.map((field) => field.name),
    personal: fields.filter((field) => field.isPersonal).map((field) => field.name),
  };
}

/** Granted in Strapi's editor, but nobody said how far: own store, nothing personal, no writes, limits 0. */
export function narrowestGrant(permission: string): Grant {
  return { permission, scope: 'own-store', read: { '*': 'clear' } };
}

/** Everything: what the owner holds. */
export function fullGrant(definition: PermissionDefinition): Grant {
  const personal = definition.fields.filter((field) => field.isPersonal).map((field) => [field.name, 'clear'] as const);
  return {
    permission: definition.code,
    scope: 'all',
    read: { '*': 'clear', ...Object.fromEntries(personal) },
    write: ['*'],
    limits: Object.fromEntries(definition.limits.map((limit) => [limit.key, null])),
  };
}
