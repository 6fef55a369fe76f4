import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './root.mjs';

const TICK_SECONDS = 10;
const TAIL_LINES = 30;

function tailOf(file) {
  return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-TAIL_LINES).join('\n');
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** A program of ours must not outlive us. */
function passOnSignals(child) {
  const stop = () => {
    child.kill('SIGTERM');
    process.exit(130);
  };
  for (const signal of SIGNALS) process.once(signal, stop);
  child.once('close', () => SIGNALS.forEach((signal) => process.off(signal, stop)));
}

function run(child) {
  passOnSignals(child);
  return new Promise((done, failed) => {
    child.on('error', failed);
    child.on('close', (code) => done(code));
  });
}

/**
 * Runs one long program with a line at the beginning, every ten seconds and at the end. Its output goes to
 * `.cache/<log>.log` and is shown only when it fails.
 */
export async function runStep({ label, command, cwd = ROOT, env = {}, log, remedy }) {
  mkdirSync(join(ROOT, '.cache'), { recursive: true });
  const file = join(ROOT, '.cache', `${log}.log`);
  const output = openSync(file, 'w');
  const startedAt = performance.now();
  const seconds = () => Math.round((performance.now() - startedAt) / 1000);
  console.log(`• ${label}`);
  const ticker = setInterval(() => console.log(`  … ${seconds()} s`), TICK_SECONDS * 1000);
  const [program, ...args] = command;
  try {
    const child = spawn(program, args, {
      cwd: join(cwd),
      env: { ...process.env, ...env },
      stdio: ['ignore', output, output],
      shell: program.endsWith('.cmd'),
    });
    const code = await run(child);
    if (code !== 0) throw new Error(`${tailOf(file)}\n${label} failed: ${remedy} (all output: .cache/${log}.log)`);
  } finally {
    clearInterval(ticker);
    closeSync(output);
  }
  console.log(`  done in ${seconds()} s`);
}
