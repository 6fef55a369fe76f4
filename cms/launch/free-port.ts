import { createServer } from 'node:net';
import { StartupError } from './startup-error';

/** What to do about each way in which listening can fail. */
function portProblem(host: string, port: number, code: string | undefined): string {
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${port} is taken: stop the program that uses it, or choose another: PORT=${port + 1} npm start`;
    case 'EACCES':
      return `Port ${port} needs more rights than this user has: choose one from 1024 up with PORT`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `HOST is "${host}", which is no address of this machine: use 127.0.0.1, or 0.0.0.0 for every network`;
    default:
      return `Port ${port} on ${host} cannot be used (${code ?? 'unknown reason'}): choose another with PORT and HOST`;
  }
}

/** The listen error as a sentence, for the case that the port was lost between asking and listening. */
export function toPortError(host: string, port: number, error: NodeJS.ErrnoException): StartupError {
  return new StartupError(portProblem(host, port, error.code));
}

/** Asked before anything is built or started, so that the answer comes at once. @throws StartupError */
export async function demandFreePort(host: string, port: number): Promise<void> {
  await new Promise<void>((free, taken) => {
    const probe = createServer();
    probe.once('error', (error) => taken(toPortError(host, port, error)));
    probe.listen(port, host, () => probe.close(() => free()));
  });
}
