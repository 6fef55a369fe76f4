import { resolve } from 'node:path';

export const repository = resolve(__dirname, '../../..');

/** What Strapi needs to start, with secrets that are worth nothing outside the tests. */
export function strapiEnvironment(databaseUrl: string): Record<string, string> {
  return {
    NODE_ENV: 'production',
    DATABASE_URL: databaseUrl,
    APP_KEYS: 'for-tests-only-1,for-tests-only-2',
    ADMIN_JWT_SECRET: 'for-tests-only',
    API_TOKEN_SALT: 'for-tests-only',
    TRANSFER_TOKEN_SALT: 'for-tests-only',
    ENCRYPTION_KEY: 'for-tests-only-for-tests-only-32',
    LOGIN_ATTEMPTS_PER_MINUTE: '1000000',
    LOG_LEVEL: process.env.LOG_LEVEL ?? 'error',
    STRAPI_TELEMETRY_DISABLED: 'true',
    ENV_PATH: resolve(repository, 'config/presets/testing/no.env'),
  };
}
