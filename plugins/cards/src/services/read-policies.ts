import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse as parseYaml } from 'yaml';
import { z } from 'zod';
import { cardPolicySchema, type CardPolicy } from '../domain';

/**
 * Reads the policy packs for prepaid cards: `prepaid-cards-*.yaml` of the directory; none = nothing is applied.
 * @throws with file and reason, so that a typing error stops the start
 */
export function readCardPolicies(directory: string): CardPolicy[] {
  const names = readdirSync(directory).filter((name) => /^prepaid-cards-.+\.yaml$/.test(name));
  return names.sort().map((name) => {
    const file = join(directory, name);
    const result = cardPolicySchema.safeParse(parseYaml(readFileSync(file, 'utf8')));
    if (!result.success) throw new Error(`${file}: ${z.prettifyError(result.error)}`);
    return result.data;
  });
}
