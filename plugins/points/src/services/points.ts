import type { Core } from '@strapi/strapi';
import { kernel } from '@tessera/kernel/public';
import type { Points } from '../public';
import { createRuleBooks } from './rule-book';

export function createPointsService({ strapi }: { strapi: Core.Strapi }): Points {
  return { ruleBook: createRuleBooks(kernel(strapi).database) };
}
