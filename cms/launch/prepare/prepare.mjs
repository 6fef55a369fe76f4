import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { STEPS } from './build-steps.mjs';
import { isInstalled } from './installed-packages.mjs';
import { ROOT } from './root.mjs';
import { readStamps, writeStamp } from './stamps.mjs';
import { runStep } from './run-step.mjs';

/** Command → the file whose `main(args)` carries it out, and the parts that must be built for it. */
const COMMANDS = {
  start: { entry: 'cms/dist/launch/main.js', parts: ['server', 'panel', 'strapi-admin'] },
  dev: { entry: 'cms/launch/dev.mjs', parts: ['strapi-admin'] },
  import: { entry: 'cms/dist/launch/import.js', parts: ['server'] },
  backup: { entry: 'cms/dist/launch/backup.js', parts: ['server'] },
  reconcile: { entry: 'cms/dist/launch/reconcile.js', parts: ['server'] },
  restore: { entry: 'cms/dist/launch/restore.js', parts: ['server'] },
};

async function install() {
  if (isInstalled(ROOT)) return;
  // NODE_ENV=production would leave out the compilers that the next steps need.
  const npm = process.env.npm_execpath
    ? [process.execPath, process.env.npm_execpath]
    : [process.platform === 'win32' ? 'npm.cmd' : 'npm'];
  await runStep({
    label: 'Installing packages (npm ci, a few minutes the first time)',
    command: [...npm, 'ci', '--include=dev', '--no-audit', '--no-fund'],
    log: 'install',
    remedy: 'check the network and the npm registry, then start again',
  });
}

/** Builds one part when it is stale. */
export async function build(step) {
  if (!step.isWanted()) return;
  const hash = step.hash();
  if (readStamps()[step.name] === hash && step.outputs().every((file) => existsSync(join(ROOT, file)))) return;
  step.clean?.();
  await runStep({ ...step, log: step.name });
  writeStamp(step.name, hash);
}

/**
 * Makes the clone ready for a command: installs and builds what is missing or stale, with progress.
 * @returns the URL of the module that carries the command out
 */
export async function prepare(command) {
  const wanted = COMMANDS[command];
  if (!wanted) throw new Error(`There is no command "${command}": use one of ${Object.keys(COMMANDS).join(', ')}`);
  await install();
  for (const step of STEPS.filter(({ name }) => wanted.parts.includes(name))) await build(step);
  return pathToFileURL(join(ROOT, wanted.entry)).href;
}
