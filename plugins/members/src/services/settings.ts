import type { Core } from '@strapi/strapi';

/** Country of phone numbers that name none (ISO 3166). */
export function defaultCountry(strapi: Core.Strapi): string {
  return strapi.config.get('plugin::members.defaultCountry', 'CN') as string;
}
