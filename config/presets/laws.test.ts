import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

/** A small house with one breach per law: file → its text. */
const HOUSE: Record<string, string> = {
  'plugins/kernel/src/public.ts': `export { clock } from './store/clock';`,
  'plugins/kernel/src/store/clock.ts': `export const clock = 1;`,
  'plugins/kernel/src/domain/money.ts': `import { readFileSync } from 'node:fs'; export const money = readFileSync;`,
  'plugins/kernel/src/services/late.ts': `import { sale } from '../../../checkout/src/public'; export const late = sale;`,
  'plugins/checkout/src/public.ts': `export const sale = 1;`,
  'plugins/checkout/src/services/peek.ts': `import { clock } from '../../../kernel/src/store/clock'; export const peek = clock;`,
  'plugins/checkout/src/services/left.ts': `import { right } from './right'; export const left = () => right;`,
  'plugins/checkout/src/services/right.ts': `import { left } from './left'; export const right = () => left;`,
  'plugins/checkout/src/services/unused.ts': `export const unused = 1;`,
  'plugins/checkout/src/http/direct.ts': `import { rows } from '../store/rows'; export const direct = rows;`,
  'plugins/checkout/src/store/rows.ts': `export const rows = 1;`,
  'plugins/checkout/tests/builder.ts': `export const builder = 1;`,
  'plugins/checkout/src/services/seeded.ts': `import { builder } from '../../tests/builder'; export const seeded = builder;`,
  'admin/src/screen.ts': `import { sale } from '../../plugins/checkout/src/public'; export const screen = sale;`,
};

const LAWS = [
  'pure-domain',
  'graph-kernel',
  'foreign-insides',
  'no-circular',
  'no-dead-file',
  'store-is-private',
  'no-tests-in-production',
  'panel-imports',
];

interface Breach {
  rule: { name: string };
}

let house: string;
let breaches: Breach[];
beforeAll(() => {
  house = mkdtempSync(join(tmpdir(), 'tessera-laws-'));
  for (const [file, text] of Object.entries(HOUSE)) {
    mkdirSync(dirname(join(house, file)), { recursive: true });
    writeFileSync(join(house, file), text);
  }
  const root = resolve(__dirname, '../..');
  const program = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const config = join(root, 'config/presets/dependency-cruiser.config.cjs');
  const output = execFileSync(
    process.execPath,
    [program, '--config', config, '--output-type', 'json', 'plugins', 'admin/src'],
    {
      cwd: house,
      maxBuffer: 50_000_000,
    },
  );
  breaches = (JSON.parse(output.toString()) as { summary: { violations: Breach[] } }).summary.violations;
});
afterAll(() => rmSync(house, { recursive: true, force: true }));

test.each(LAWS)('a breach of "%s" is found', (law) => {
  expect(breaches.map((breach) => breach.rule.name)).toContain(law);
});
