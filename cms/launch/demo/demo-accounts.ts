import { randomInt } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What somebody who tries the demo needs to sign in as that person. */
export interface DemoAccount {
  role: string;
  email: string;
  password: string;
  pin: string;
  stores: { storeId: string; tillIds: string[] }[];
}

/** Without what is easily taken for something else when it is read from a terminal. */
const LETTERS = 'abcdefghjkmnpqrstuvwxyzABCDEFGHJKMNPQRSTUVWXYZ23456789';
const PASSWORD_LENGTH = 16;

/** About 92 random bits, with the three kinds of characters that Strapi asks for. */
export function makePassword(): string {
  for (;;) {
    const password = Array.from({ length: PASSWORD_LENGTH }, () => LETTERS[randomInt(LETTERS.length)]).join('');
    if (/[a-z]/.test(password) && /[A-Z]/.test(password) && /[2-9]/.test(password)) return password;
  }
}

/** Six digits, not all alike and not a straight run: those are the first that anybody tries. */
export function makePin(): string {
  for (;;) {
    const pin = String(randomInt(1_000_000)).padStart(6, '0');
    if (!/^(\d)\1+$/.test(pin) && !'01234567890 09876543210'.includes(pin)) return pin;
  }
}

/** Where the launcher leaves the accounts of the demo store. */
export function accountsFile(dataDirectory: string): string {
  return join(dataDirectory, 'demo-accounts.json');
}

/** For this user's eyes only, and whole or not at all. */
export function writeDemoAccounts(file: string, accounts: readonly DemoAccount[]): void {
  mkdirSync(dirname(file), { recursive: true });
  const next = `${file}.${process.pid}`;
  writeFileSync(next, `${JSON.stringify(accounts, null, 2)}\n`, { mode: 0o600 });
  renameSync(next, file);
}

/** @returns none when the file was never made, was removed or cannot be read */
export function readDemoAccounts(file: string): DemoAccount[] {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as DemoAccount[];
  } catch {
    return [];
  }
}
