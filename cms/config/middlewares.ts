export default [
  'strapi::logger',
  'plugin::kernel.errors',
  'strapi::errors',
  'strapi::security',
  'strapi::query',
  { name: 'strapi::body', config: { jsonLimit: '256kb', formLimit: '64kb', textLimit: '64kb' } },
  'strapi::session',
  'strapi::public',
];
