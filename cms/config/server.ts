import type { Core } from '@strapi/strapi';

export default ({ env }: Core.Config.Shared.ConfigParams) => ({
  host: env('HOST', '127.0.0.1'),
  port: env.int('PORT', 1337),
  url: env('PUBLIC_URL', ''),
  proxy: env.bool('TRUST_PROXY', false) ? { koa: true } : undefined,
  app: { keys: env.array('APP_KEYS') },
  // Cron would fire on every node.
  cron: { enabled: false },
  // Strapi's pull and push of the whole database over HTTP; `npm run backup` is the way.
  transfer: { remote: { enabled: false } },
  logger: { updates: { enabled: false }, startup: { enabled: false } },
});
