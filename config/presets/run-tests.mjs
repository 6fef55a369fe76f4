// `npm test`: what needs no server first, then the tests. Ends with `N passed, N failed`.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');
const presets = 'config/presets';
const scratch = mkdtempSync(join(tmpdir(), 'tessera-results-'));

const JEST = ['jest', '--config', `${presets}/jest.config.mjs`];

const BUILD = 'types and build';
/** Each counts as one test. Single-threaded, so two run at once; `after` names the one whose output it reads. */
const STATIC_CHECKS = [
  { name: BUILD, command: ['tsc', '-b', '.', 'bench'] },
  { name: 'format', command: ['prettier', '--check', '--log-level', 'warn', '.'] },
  { name: 'lint', command: ['eslint', '--config', `${presets}/eslint.config.mjs`, '--max-warnings', '0', '.'] },
  { name: 'types of the panel', command: ['tsc', '-p', 'admin'], after: BUILD },
  { name: 'types of the browser tests', command: ['tsc', '-p', 'admin/e2e', '--noEmit'], after: BUILD },
  { name: 'types of the tests', command: ['tsc', '-p', `${presets}/tsconfig.testing.json`], after: BUILD },
  { name: 'panel build', command: ['vite', 'build', 'admin', '--logLevel', 'warn'], after: BUILD },
  {
    name: 'laws',
    command: ['depcruise', '--config', `${presets}/dependency-cruiser.config.cjs`, '--output-type', 'err-long'].concat([
      'plugins',
      'cms/src',
      'cms/launch',
      'admin/src',
    ]),
  },
];
const LANES = 2;

/** Projects of jest, whose tests are counted one by one. What needs a server runs together: one database, no idle worker. */
const TESTS = [
  { name: 'unit tests', projects: ['unit'] },
  { name: 'feature and browser tests', projects: ['feature', 'browser'] },
];

/** @returns the exit code; with `output` what it prints goes there */
function run(command, output) {
  return new Promise((done) => {
    const stdio = output ? 'pipe' : 'inherit';
    const child = spawn('npx', ['--no-install', ...command], { cwd: root, stdio: ['ignore', stdio, stdio] });
    child.stdout?.on('data', (chunk) => output.push(chunk));
    child.stderr?.on('data', (chunk) => output.push(chunk));
    child.on('error', () => done(1));
    child.on('close', (code) => done(code ?? 1));
  });
}

function countOf(file) {
  try {
    const { numPassedTests, numFailedTests, numFailedTestSuites } = JSON.parse(readFileSync(file, 'utf8'));
    return { passed: numPassedTests, failed: Math.max(numFailedTests, numFailedTestSuites) };
  } catch {
    return { passed: 0, failed: 1 };
  }
}

const total = { passed: 0, failed: 0 };
const broken = [];

function report({ name }, startedAt, { passed, failed }) {
  total.passed += passed;
  total.failed += failed;
  if (failed > 0) broken.push(name);
  const seconds = Math.round((performance.now() - startedAt) / 1000);
  console.log(`── ${name}: ${failed > 0 ? 'FAILED' : 'ok'} (${seconds} s)`);
}

async function checkStatic(check) {
  const startedAt = performance.now();
  const output = [];
  const code = await run(check.command, output);
  process.stdout.write(Buffer.concat(output));
  report(check, startedAt, code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 });
}

/** In the order given; a lane whose next check reads what another one makes waits for that. */
async function checkAllStatic(checks) {
  const endings = new Map();
  const queue = [...checks];
  async function work() {
    for (let check = queue.shift(); check; check = queue.shift()) {
      await endings.get(check.after);
      const ending = checkStatic(check);
      endings.set(check.name, ending);
      await ending;
    }
  }
  await Promise.all(Array.from({ length: LANES }, work));
}

async function testWithJest(check, projects) {
  console.log(`\n── ${check.name}`);
  const startedAt = performance.now();
  const file = join(scratch, `${projects.join('-')}.json`);
  const code = await run([...JEST, '--selectProjects', ...projects, '--json', '--outputFile', file]);
  const count = countOf(file);
  report(check, startedAt, code !== 0 && count.failed === 0 ? { ...count, failed: 1 } : count);
}

const named = process.argv.slice(2);
const isWanted = (name) => named.length === 0 || named.includes(name);
await checkAllStatic(STATIC_CHECKS.filter(({ name }) => isWanted(name)));
for (const check of TESTS) {
  const projects = check.projects.filter(isWanted);
  if (projects.length > 0) await testWithJest(check, projects);
}
rmSync(scratch, { recursive: true, force: true });
if (broken.length > 0) console.log(`\nFailed: ${broken.join(', ')}`);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed === 0 ? 0 : 1);
