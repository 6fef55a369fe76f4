export default [
  'strapi::logger',
  'strapi::errors',
  'plugin::kernel.errors',
  'strapi::security',
  // The panel is served by us: no other origin may call.
  { name: 'strapi::cors', config: { origin: [] } },
  'global::panel',
  'strapi::query',
  { name: 'strapi::body', config: { jsonLimit: '256kb', formLimit: '64kb', textLimit: '64kb' } },
  'strapi::session',
  'strapi::favicon',
  'strapi::public',
];
