import { randomBytes } from 'node:crypto';
import { appendFileSync, chmodSync, existsSync, writeFileSync } from 'node:fs';
import { StartupError } from './startup-error';

const key = () => randomBytes(32).toString('base64url');

/** Makers of what Strapi signs and encrypts with. */
const SECRETS: Record<string, () => string> = {
  APP_KEYS: () => `${key()},${key()}`,
  ADMIN_JWT_SECRET: key,
  API_TOKEN_SALT: key,
  TRANSFER_TOKEN_SALT: key,
  ENCRYPTION_KEY: () => randomBytes(24).toString('base64url'),
};

function write(file: string, lines: string): void {
  if (!existsSync(file)) {
    const head = '# Secrets of this installation, made at its first start. Keep them, and keep them to yourself.\n';
    // "wx": of two first starts at once one writes; the other stops rather than sign with secrets nobody kept.
    writeFileSync(file, head + lines, { mode: 0o600, flag: 'wx' });
    return;
  }
  appendFileSync(file, `\n${lines}`);
  chmodSync(file, 0o600);
}

/**
 * Reads the .env file into `process.env` (what is set already wins) and makes the secrets that are still missing,
 * once per installation. Nothing in the file is ever overwritten.
 * @returns names of the secrets that were made now
 * @throws StartupError when the file cannot be read or written
 */
export function ensureSecrets(file: string): string[] {
  try {
    if (existsSync(file)) process.loadEnvFile(file);
    const missing = Object.entries(SECRETS).filter(([name]) => !process.env[name]);
    if (missing.length === 0) return [];
    const made = missing.map(([name, make]) => [name, make()] as const);
    write(file, made.map(([name, value]) => `${name}=${value}\n`).join(''));
    for (const [name, value] of made) process.env[name] = value;
    return made.map(([name]) => name);
  } catch (error) {
    const { message } = error as Error;
    throw new StartupError(
      `The secrets in ${file} could not be read or made (${message}): give this user access to it`,
    );
  }
}
