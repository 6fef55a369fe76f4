import type { z } from 'zod';
import { invalidInput } from '../domain/errors';

/** Reads untrusted input through a contract. @throws invalid_input (400) that names every wrong path. */
export function parse<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  throw invalidInput({
    issues: result.error.issues.slice(0, 20).map((issue) => ({
      path: issue.path.map(String).join('.'),
      message: issue.message,
    })),
  });
}
