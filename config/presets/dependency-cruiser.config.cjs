/** The import laws of ARCHITECTURE.md. Each rule's comment says what to do instead. */

const ORDER = [
  'kernel',
  'access',
  'backoffice',
  'ledger',
  'members',
  'points',
  'campaigns',
  'cards',
  'checkout',
  'imports',
];
const TESTS = '(\\.test\\.tsx?$|/tests/|^admin/e2e/|^config/presets/)';

/** A plugin may only reach plugins that come before it. */
const laterPlugins = ORDER.map((plugin, index) => ({
  name: `graph-${plugin}`,
  severity: 'error',
  comment: `"${plugin}" may not import plugins that come after it (${ORDER.join(' ← ')}): let the later one call or register with it.`,
  from: { path: `^plugins/${plugin}/`, pathNot: TESTS },
  to: { path: `^plugins/(${[...ORDER.slice(index + 1), '-'].join('|')})/` },
}));

module.exports = {
  forbidden: [
    ...laterPlugins,
    {
      name: 'pure-domain',
      severity: 'error',
      comment:
        'contracts and domain are pure and browser-safe: they import only contracts, domain, zod and pure libraries. Pass facts in from a service.',
      from: { path: '^plugins/[^/]+/src/(domain/|contracts\\.ts$)', pathNot: TESTS },
      to: {
        pathNot: [
          '^plugins/[^/]+/src/(domain/|contracts\\.ts$)',
          '^plugins/[^/]+/dist/(domain/|contracts\\.)',
          'node_modules/(zod|libphonenumber-js|pinyin-pro)/',
        ],
      },
    },
    {
      name: 'store-is-private',
      severity: 'error',
      comment:
        "Only a plugin's own services (and its index, for migrations) touch its store: call the service instead.",
      from: {
        path: '^plugins/([^/]+)/src/',
        pathNot: ['^plugins/[^/]+/src/(store|services)/', '^plugins/[^/]+/src/index\\.ts$', '^plugins/kernel/'],
      },
      to: { path: '^plugins/[^/]+/src/store/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'foreign-insides',
      severity: 'error',
      comment: 'Another plugin is reached through @tessera/<plugin>/public, /domain or /contracts.',
      from: { path: '^plugins/([^/]+)/', pathNot: TESTS },
      to: {
        path: '^plugins/([^/]+)/(src|dist)/',
        pathNot: ['^plugins/$1/', '^plugins/[^/]+/(src|dist)/(public|contracts|domain/index)\\.'],
      },
    },
    {
      name: 'panel-imports',
      severity: 'error',
      comment: 'The panel knows contracts and domain of the plugins, nothing of the server.',
      from: { path: '^admin/src/' },
      to: { path: '^(plugins|cms)/', pathNot: '^plugins/[^/]+/(src|dist)/(contracts|domain)' },
    },
    {
      name: 'no-tests-in-production',
      severity: 'error',
      comment: 'Production code never imports tests, seeds of tests or benchmarks: move what both need into src.',
      from: { path: '^(plugins|cms|admin)/', pathNot: TESTS },
      to: { path: ['\\.test\\.tsx?$', '/tests/', '^admin/e2e/', '^config/presets/testing/', '^bench/'] },
    },
    {
      name: 'no-circular',
      severity: 'error',
      comment: 'Files that need each other are one file, or share a third one.',
      from: { pathNot: TESTS },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-dead-file',
      severity: 'error',
      comment: 'Nothing imports this file: delete it or use it.',
      from: {
        orphan: true,
        path: '^(plugins|cms/src|cms/launch|admin/src)/',
        pathNot: [
          '\\.d\\.ts$',
          '/content-types/',
          '^plugins/[^/]+/src/(index|public|contracts)\\.ts$',
          '^cms/src/index\\.ts$',
          // Named in cms/config/middlewares.ts, which Strapi reads.
          '^cms/src/middlewares/',
          'vite-env',
        ],
      },
      to: {},
    },
    {
      name: 'no-undeclared-package',
      severity: 'error',
      comment: 'Name the package in the package.json of the workspace that uses it.',
      from: { path: '^(plugins|cms/(src|launch)|admin/src)/', pathNot: TESTS },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: ['node_modules', '/dist/'] },
    exclude: { path: ['/dist/', '^admin/dist', '/node_modules/\\.cache'] },
    tsPreCompilationDeps: true,
    combinedDependencies: true,
    tsConfig: { fileName: require('node:path').join(__dirname, 'tsconfig.laws.json') },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.json'],
    },
  },
};
