import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse as parseYaml } from 'yaml';
import { z } from 'zod';
import { grantSchema } from '../contracts';
import type { PermissionDefinition } from '../domain/policy';

const localizedSchema = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) });

const templateSchema = z.strictObject({
  code: z.string().regex(/^[a-z]+(-[a-z]+)*$/),
  name: localizedSchema,
  description: localizedSchema,
  /** Strapi's role that carries it, where Strapi makes the role itself. */
  strapiRole: z.literal('strapi-super-admin').optional(),
  /** Each grant says why the role needs it. */
  grants: z.array(z.strictObject({ ...grantSchema.shape, reason: localizedSchema })),
});
export type RoleTemplate = z.infer<typeof templateSchema>;

function problemsOf(template: RoleTemplate, catalogue: Map<string, PermissionDefinition>): string[] {
  const seen = new Set<string>();
  return template.grants.flatMap((grant) => {
    const definition = catalogue.get(grant.permission);
    if (!definition) return [`unknown permission ${grant.permission}`];
    const isTwice = seen.has(grant.permission);
    seen.add(grant.permission);
    const fields = new Set(['*', ...definition.fields.map((field) => field.name)]);
    const limits = new Set(definition.limits.map((limit) => limit.key));
    return [
      ...(isTwice ? [`${grant.permission} twice`] : []),
      ...[...Object.keys(grant.read ?? {}), ...(grant.write ?? [])]
        .filter((field) => !fields.has(field))
        .map((field) => `${grant.permission}: unknown field ${field}`),
      ...Object.keys(grant.limits ?? {})
        .filter((key) => !limits.has(key))
        .map((key) => `${grant.permission}: unknown limit ${key}`),
    ];
  });
}

/**
 * Reads and checks `config/roles/*.yaml`.
 * @throws with file and reason, so that a typing error stops the start instead of silently granting less or more.
 */
export async function readRoleTemplates(
  directory: string,
  definitions: readonly PermissionDefinition[],
): Promise<RoleTemplate[]> {
  const catalogue = new Map(definitions.map((definition) => [definition.code, definition]));
  const names = (await readdir(directory)).filter((name) => name.endsWith('.yaml')).sort();
  return Promise.all(
    names.map(async (name) => {
      const result = templateSchema.safeParse(parseYaml(await readFile(join(directory, name), 'utf8')));
      if (!result.success) throw new Error(`config/roles/${name}: ${z.prettifyError(result.error)}`);
      const problems = problemsOf(result.data, catalogue);
      if (problems.length > 0) throw new Error(`config/roles/${name}: ${problems.join('; ')}`);
      return result.data;
    }),
  );
}
