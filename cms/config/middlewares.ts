export default [
  'strapi::logger',
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
  'strapi::session',
  'strapi::favicon',
  'strapi::public',
];
