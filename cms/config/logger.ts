import type { Core } from '@strapi/strapi';

/** `http` also shows every request. */
export default ({ env }: Core.Config.Shared.ConfigParams) => ({ level: env('LOG_LEVEL', 'info') });
