import { invalidInput } from '@tessera/kernel/domain';
import { duplicateValue } from '../domain/errors';
import type { ResourceDefinition } from '../domain/resource';

const UNIQUE_VIOLATION = '23505';

interface PostgresError {
  code?: string;
  constraint?: string;
}

interface StrapiValidationError {
  name?: string;
  message?: string;
  details?: { errors?: { path?: (string | number)[]; message?: string }[] };
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** Our unique indexes are named `<table>_<column>_key`. */
function fieldOfConstraint(definition: ResourceDefinition, constraint: string): string {
  const field = definition.fields.find(
    ({ isUnique, name }) => isUnique && constraint.endsWith(`_${snakeCase(name)}_key`),
  );
  return field?.key ?? constraint;
}

/** Turns what Strapi or PostgreSQL refused into our refusal; what is not about the input stays as it is. */
export function translateDocumentError(definition: ResourceDefinition, error: unknown): unknown {
  const { code, constraint } = error as PostgresError;
  if (code === UNIQUE_VIOLATION && constraint) {
    return duplicateValue({ field: fieldOfConstraint(definition, constraint) });
  }
  const { name, message, details } = error as StrapiValidationError;
  if (name !== 'ValidationError' && name !== 'YupValidationError') return error;
  const errors = details?.errors ?? [];
  const duplicate = errors.find((issue) => issue.message?.includes('must be unique'));
  if (duplicate) return duplicateValue({ field: String(duplicate.path?.[0] ?? '') });
  const issues = errors.map((issue) => ({ path: (issue.path ?? []).join('.'), message: issue.message ?? 'is wrong' }));
  return invalidInput({ issues: issues.length > 0 ? issues : [{ path: '', message: message ?? 'is wrong' }] });
}
