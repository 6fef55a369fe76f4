// `npm test`: every check in the order in which it fails fastest. Ends with `N passed, N failed`.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');
const presets = 'config/presets';
const scratch = mkdtempSync(join(tmpdir(), 'tessera-results-'));

const JEST = ['jest', '--config', `${presets}/jest.config.mjs`];

/** `jest`: the project whose tests are counted; every other check counts as one. */
const CHECKS = [
  { name: 'format', command: ['prettier', '--check', '--log-level', 'warn', '.'] },
  { name: 'lint', command: ['eslint', '--config', `${presets}/eslint.config.mjs`, '--max-warnings', '0', '.'] },
  { name: 'types and build', command: ['tsc', '-b'] },
  { name: 'types of the tests', command: ['tsc', '-p', `${presets}/tsconfig.testing.json`] },
  { name: 'types of the panel', command: ['tsc', '-p', 'admin'] },
  {
    name: 'laws',
    command: ['depcruise', '--config', `${presets}/dependency-cruiser.config.cjs`, '--output-type', 'err-long'].concat([
      'plugins',
      'cms/src',
      'cms/launch',
      'admin/src',
    ]),
  },
  { name: 'unit tests', jest: 'unit' },
  { name: 'panel build', command: ['vite', 'build', 'admin', '--logLevel', 'warn'] },
  { name: 'feature tests', jest: 'feature' },
  { name: 'browser tests', jest: 'browser' },
];

function run(command) {
  return new Promise((done) => {
    const child = spawn('npx', ['--no-install', ...command], { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
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

async function perform(check) {
  if (!check.jest) return (await run(check.command)) === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
  const file = join(scratch, `${check.jest}.json`);
  const code = await run([...JEST, '--selectProjects', check.jest, '--json', '--outputFile', file]);
  const count = countOf(file);
  return code !== 0 && count.failed === 0 ? { ...count, failed: 1 } : count;
}

const wanted = process.argv.slice(2);
const total = { passed: 0, failed: 0 };
const broken = [];
for (const check of CHECKS) {
  if (wanted.length > 0 && !wanted.includes(check.jest ?? check.name)) continue;
  const startedAt = performance.now();
  console.log(`\n── ${check.name}`);
  const { passed, failed } = await perform(check);
  total.passed += passed;
  total.failed += failed;
  if (failed > 0) broken.push(check.name);
  console.log(
    `── ${check.name}: ${failed > 0 ? 'FAILED' : 'ok'} (${Math.round((performance.now() - startedAt) / 1000)} s)`,
  );
}
rmSync(scratch, { recursive: true, force: true });
if (broken.length > 0) console.log(`\nFailed: ${broken.join(', ')}`);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed === 0 ? 0 : 1);
