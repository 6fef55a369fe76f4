import { StartupError } from './startup-error';

/** Codes of the refusals to start that already say what to do. */
const PLAIN = ['boot_refused', 'migration_failed'];

function isPlain(error: unknown): boolean {
  return error instanceof StartupError || PLAIN.includes(String((error as { code?: unknown }).code));
}

/** One line a shop assistant can read out to somebody; the stack only for those who ask (LOG_LEVEL=debug). */
export function reportFailure(error: unknown): void {
  const { message } = error instanceof Error ? error : new Error(String(error));
  const line = message.replace(/\s*\n\s*/g, ' ');
  console.error(isPlain(error) ? line : `Tessera could not go on: ${line} (LOG_LEVEL=debug npm start shows more)`);
  if (process.env.LOG_LEVEL === 'debug') console.error(error);
}
