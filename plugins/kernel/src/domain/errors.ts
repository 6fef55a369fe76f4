/** What every refusal looks like on the wire: `{ error: { code, message, details } }`. */
export interface ErrorBody {
  error: { code: string; message: string; details?: unknown };
}

/**
 * An expected refusal. `code` is stable and part of the API; `message` is a sentence for a developer's log
 * (the panel translates by code); `details` is typed by the factory that made the error.
 */
export class TesseraError<Details = unknown> extends Error {
  constructor(
    readonly code: string,
    readonly status: number,
    message: string,
    readonly details?: Details,
  ) {
    super(message);
    this.name = 'TesseraError';
  }

  toBody(): ErrorBody {
    const error: ErrorBody['error'] = { code: this.code, message: this.message };
    if (this.details !== undefined) error.details = this.details;
    return { error };
  }
}

/**
 * Declares one kind of refusal and returns its factory.
 * @example const unknownSku = defineError<{ sku: string }>('unknown_sku', 422, (d) => `No item ${d.sku}`);
 */
export function defineError<Details = undefined>(
  code: string,
  status: number,
  message: string | ((details: Details) => string),
): (details: Details) => TesseraError<Details> {
  return (details) => new TesseraError(code, status, typeof message === 'string' ? message : message(details), details);
}

export interface InputIssue {
  /** Where in the input, e.g. `lines.0.quantity`. */
  path: string;
  message: string;
}

export const invalidInput = defineError<{ issues: InputIssue[] }>(
  'invalid_input',
  400,
  ({ issues }) => `Invalid input: ${issues.map((issue) => `${issue.path || 'body'}: ${issue.message}`).join('; ')}`,
);
export const notFound = defineError<{ what: string; id?: string }>('not_found', 404, ({ what }) => `No such ${what}`);
export const unauthenticated = defineError('unauthenticated', 401, 'Sign in first: the session is missing or over');
