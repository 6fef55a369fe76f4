import type { Core } from '@strapi/strapi';
import { backoffice } from '@tessera/backoffice/public';
import { kernel } from '@tessera/kernel/public';
import { demandArgs } from '../domain';
import { readRuleOf } from '../store/rule-store';

/** Every write of an earn rule, by whatever route: its arguments must be what its kind wants. */
export function prepareEarnRules(strapi: Core.Strapi): void {
  backoffice(strapi).addPreparation('api::earn-rule.earn-rule', async (data, { documentId }) => {
    if (data['args'] === undefined && data['kind'] === undefined) return data;
    const before = documentId ? await readRuleOf(kernel(strapi).database, documentId) : null;
    const kind = data['kind'] ?? before?.kind ?? 'per-money';
    return { ...data, args: demandArgs(String(kind), data['args'] ?? before?.args) };
  });
}
