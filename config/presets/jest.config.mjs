import { randomInt } from 'node:crypto';
import { resolve } from 'node:path';

const rootDir = resolve(import.meta.dirname, '../..');
const testing = `${rootDir}/config/presets/testing`;

// Inherited by the workers: every property test of one run starts from one seed.
if (!process.env.SEED) {
  process.env.SEED = String(randomInt(2 ** 31 - 1));
  process.stderr.write(`Seed ${process.env.SEED} (repeat with SEED=${process.env.SEED})\n`);
}

const transform = {
  '^.+\\.tsx?$': [
    '@swc/jest',
    {
      jsc: {
        target: 'es2023',
        parser: { syntax: 'typescript', tsx: true },
        transform: { react: { runtime: 'automatic' } },
      },
      module: { type: 'commonjs' },
      sourceMaps: 'inline',
    },
  ],
};

const shared = {
  rootDir,
  transform,
  testEnvironment: 'node',
  setupFiles: [`${testing}/seed.ts`],
  testPathIgnorePatterns: ['/node_modules/', '/dist/'],
};

export default {
  rootDir,
  maxWorkers: 2,
  testSequencer: `${testing}/longest-first.cjs`,
  testTimeout: 120_000,
  // A server that failed to boot leaves its connections open; the run must end all the same.
  forceExit: true,
  projects: [
    {
      ...shared,
      displayName: 'unit',
      testMatch: [
        '<rootDir>/plugins/*/src/**/*.test.ts',
        '<rootDir>/cms/{launch,src,config}/**/*.test.ts',
        '<rootDir>/config/**/*.test.ts',
        '<rootDir>/admin/src/**/*.test.{ts,tsx}',
        '<rootDir>/bench/**/*.test.ts',
      ],
      // Unit tests run on the sources: no build is needed first.
      moduleNameMapper: {
        '^@tessera/([a-z]+)/(domain|contracts|public)$': '<rootDir>/plugins/$1/src/$2',
      },
    },
    {
      ...shared,
      displayName: 'feature',
      testEnvironment: `${testing}/warm-strapi.cjs`,
      testMatch: ['<rootDir>/plugins/*/tests/**/*.test.ts', '<rootDir>/cms/tests/**/*.test.ts'],
      globalSetup: `${testing}/global-setup.ts`,
      globalTeardown: `${testing}/global-teardown.ts`,
    },
    {
      ...shared,
      displayName: 'browser',
      testEnvironment: `${testing}/warm-strapi.cjs`,
      testMatch: ['<rootDir>/admin/e2e/**/*.test.ts'],
      globalSetup: `${testing}/global-setup.ts`,
      globalTeardown: `${testing}/global-teardown.ts`,
    },
  ],
};
