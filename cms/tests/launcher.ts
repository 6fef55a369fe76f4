import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../launch/embedded-postgres';

const repository = resolve(__dirname, '../..');
const MAIN = `require('./cms/dist/launch/main.js').main()`;
const READY_MS = 240_000;

/** A launcher as a real process. */
export interface Launcher {
  url: string;
  process: ChildProcess;
  /** What it printed so far. */
  output(): string;
  /** Resolves when it serves; throws with the output when it ended instead. */
  ready(): Promise<void>;
  /** Sends the signal and waits for the end. @returns the exit code, null after a kill */
  end(signal: NodeJS.Signals): Promise<number | null>;
  /** Waits for the end. */
  exitCode(): Promise<number | null>;
}

/** Only what is named here: secrets and addresses of the test run must not leak into the process. */
function environment(given: Record<string, string>): NodeJS.ProcessEnv {
  const { PATH, HOME, TMPDIR } = process.env;
  return { PATH, HOME, ...(TMPDIR ? { TMPDIR } : {}), ...given };
}

async function isHealthy(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/_health`)).status === 204;
  } catch {
    return false;
  }
}

/** Starts the compiled launcher without the preparing part, which would build. `env` decides the rest. */
export async function startLauncher(env: Record<string, string>): Promise<Launcher> {
  const port = env.PORT ?? String(await freePort());
  const startedAt = performance.now();
  const child = spawn(process.execPath, ['-e', MAIN], {
    cwd: repository,
    env: environment({ ...env, PORT: port }),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const exited = new Promise<number | null>((done) => child.on('close', (code) => done(code)));
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    process: child,
    output: () => output,
    exitCode: () => exited,
    async ready() {
      while (performance.now() - startedAt < READY_MS) {
        if (await isHealthy(url)) return;
        if (child.exitCode !== null || child.signalCode !== null) break;
        await sleep(100);
      }
      throw new Error(`The launcher does not serve:\n${output}`);
    },
    async end(signal) {
      child.kill(signal);
      return exited;
    },
  };
}

/** A folder for one installation: its data and its secrets. */
export function makeInstallation(): { env: Record<string, string>; directory: string; remove(): void } {
  const directory = mkdtempSync(join(tmpdir(), 'tessera-launch-'));
  // Started by root, PostgreSQL runs as somebody else, who must be able to walk in.
  chmodSync(directory, 0o711);
  const env = { TESSERA_DATA_DIR: join(directory, 'data'), ENV_PATH: join(directory, '.env') };
  return { env, directory, remove: () => rmSync(directory, { recursive: true, force: true }) };
}

/** Runs one of the compiled commands beside the launcher, e.g. `backup`, to its end. */
export function runCommand(
  command: string,
  args: string[],
  env: Record<string, string>,
): Promise<{ code: number; output: string }> {
  const text = `require('./cms/dist/launch/${command}.js').main(process.argv.slice(1))`;
  const options = { cwd: repository, env: environment(env) };
  return new Promise((done) => {
    const child = execFile(process.execPath, ['-e', text, ...args], options, (_error, stdout, stderr) =>
      done({ code: child.exitCode ?? 1, output: stdout + stderr }),
    );
  });
}
