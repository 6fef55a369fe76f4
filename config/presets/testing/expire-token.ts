import { createHmac } from 'node:crypto';
import { strapiEnvironment } from './strapi-environment';

/** The same access token, properly signed, that ended an hour ago. */
export function expireToken(token: string): string {
  const [head = '', payload = ''] = token.split('.');
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as Record<string, unknown>;
  const over = { ...claims, exp: Math.floor(Date.now() / 1000) - 3_600 };
  const signed = `${head}.${Buffer.from(JSON.stringify(over)).toString('base64url')}`;
  const secret = strapiEnvironment('')['ADMIN_JWT_SECRET'] ?? '';
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
}
