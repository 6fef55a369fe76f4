import { Client } from 'pg';
import { joinDatabase } from './join-database';
import { examine, readChecks, type Finding } from './reconcile/run-checks';
import { reportFailure } from './report-failure';
import { readSettings } from './settings';

async function examineDatabase(url: string, root: string): Promise<Finding[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await examine(client, readChecks(root));
  } finally {
    await client.end();
  }
}

function print({ check, count, offenders }: Finding): void {
  console.log(`${count === 0 ? '✓' : '✗'} ${check.proves}`);
  for (const { offender, found } of offenders) console.log(`    ${offender}: ${found}`);
  if (count > offenders.length) console.log(`    … and ${count - offenders.length} more`);
}

/** `npm run reconcile`: proves the books of the whole database. Ends with 0 only when nothing contradicts them. */
export async function main(): Promise<void> {
  try {
    const settings = readSettings(process.env);
    const database = await joinDatabase(settings);
    const findings = await examineDatabase(database.url, settings.root).finally(() => database.close());
    findings.forEach(print);
    const broken = findings.filter(({ count }) => count > 0).length;
    console.log(broken === 0 ? 'The books are right.' : `${broken} of ${findings.length} proofs failed.`);
    process.exit(broken === 0 ? 0 : 1);
  } catch (error) {
    reportFailure(error);
    process.exit(1);
  }
}
