import type { LaunchSettings } from './settings';

/** Says where to go. */
export function announce({ host, port: wanted }: LaunchSettings, port: number): void {
  const shown = ['0.0.0.0', '::'].includes(host) ? 'localhost' : host;
  const url = `http://${shown.includes(':') ? `[${shown}]` : shown}:${port || wanted}`;
  console.log(['', `Tessera is ready: ${url}`, `Strapi's own admin: ${url}/admin`, ''].join('\n'));
}
