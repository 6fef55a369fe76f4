import type { DemoAccount } from './demo/demo-accounts';
import type { LaunchSettings } from './settings';

function accountLines(accounts: readonly DemoAccount[]): string[] {
  if (accounts.length === 0) return [];
  const roleWidth = Math.max(...accounts.map(({ role }) => role.length));
  const emailWidth = Math.max(...accounts.map(({ email }) => email.length));
  const lines = accounts.map(
    ({ role, email, password, pin }) => `  ${role.padEnd(roleWidth)}  ${email.padEnd(emailWidth)}  ${password}  ${pin}`,
  );
  return ['Accounts of the demo store (role, email, password, PIN):', ...lines, ''];
}

/** Says where to go, and as whom. */
export function announce(
  { host }: LaunchSettings,
  port: number,
  { accounts, hasOwner }: { accounts: readonly DemoAccount[]; hasOwner: boolean },
): void {
  const shown = ['0.0.0.0', '::'].includes(host) ? 'localhost' : host;
  const url = `http://${shown.includes(':') ? `[${shown}]` : shown}:${port}`;
  const lines = ['', `Tessera is ready: ${url}`, `Strapi's own admin: ${url}/admin`, '', ...accountLines(accounts)];
  if (!hasOwner) lines.push(`Nobody can sign in yet: register the owner at ${url}/admin`, '');
  console.log(lines.join('\n'));
}
