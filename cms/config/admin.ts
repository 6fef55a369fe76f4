import type { Core } from '@strapi/strapi';

export default ({ env }: Core.Config.Shared.ConfigParams) => ({
  auth: {
    secret: env('ADMIN_JWT_SECRET'),
    sessions: {
      accessTokenLifespan: env.int('ACCESS_TOKEN_SECONDS', 1800),
    },
  },
  apiToken: { salt: env('API_TOKEN_SALT') },
  transfer: { token: { salt: env('TRANSFER_TOKEN_SALT') } },
  secrets: { encryptionKey: env('ENCRYPTION_KEY') },
  flags: { nps: false, promoteEE: false },
  // Only against floods: it counts right passwords too. Guessing is stopped by global::login-limiter.
  rateLimit: { enabled: true, interval: { min: 1 }, max: env.int('LOGIN_ATTEMPTS_PER_MINUTE', 60) },
});
