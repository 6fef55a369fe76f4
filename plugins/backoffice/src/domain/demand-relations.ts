import { defineError } from '@tessera/kernel/domain';
import { pointsSomewhere } from './points-somewhere';

export const missingRelation = defineError<{ field: string }>(
  'missing_relation',
  400,
  ({ field }) => `${field} must be named`,
);

/**
 * What is written, unchanged: Strapi does not hold a relation to be required, whatever the schema says.
 * @param required names of the relations that must point to something
 * @throws missing_relation (400) when a new document leaves one out, or a change takes one away
 */
export function demandRelations(
  data: Record<string, unknown>,
  required: readonly string[],
  action: 'create' | 'update',
): Record<string, unknown> {
  for (const field of required) {
    const isThere = pointsSomewhere(data[field]) ?? action === 'update';
    if (!isThere) throw missingRelation({ field });
  }
  return data;
}
