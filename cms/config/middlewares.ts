import type { Core } from '@strapi/strapi';

/** Levels at which every request is a line of the log. Below them the line would be made and thrown away. */
const SHOWS_REQUESTS = ['http', 'verbose', 'debug', 'silly'];

/** No `strapi::session`: nothing of ours, nor of Strapi's own sign-in, keeps anything in a cookie session. */
export default ({ env }: Core.Config.Shared.ConfigParams) => [
  ...(SHOWS_REQUESTS.includes(env('LOG_LEVEL', 'info')) ? ['strapi::logger'] : []),
  'strapi::errors',
  'plugin::kernel.errors',
  'strapi::security',
  // The panel is served by us: no other origin may call.
  { name: 'strapi::cors', config: { origin: [] } },
  'global::closed-doors',
  'global::panel',
  'strapi::query',
  { name: 'strapi::body', config: { jsonLimit: '256kb', formLimit: '64kb', textLimit: '64kb' } },
  { name: 'global::login-limiter', config: { maxFailures: 10 } },
  'strapi::favicon',
  'strapi::public',
];
