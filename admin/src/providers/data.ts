import type { DataProvider } from '@refinedev/core';
import simpleRest from '@refinedev/simple-rest';
import { http } from './http';

const rest = simpleRest('/api/backoffice', http);

interface Versioned {
  version?: number;
  headers?: Record<string, string>;
}

/** The version one saw goes along: whoever saved in between makes it a conflict instead of a silent loss. */
function withVersion(meta: unknown): { headers?: Record<string, string> } {
  const { version, headers } = (meta ?? {}) as Versioned;
  if (version === undefined) return headers ? { headers } : {};
  return { headers: { ...headers, 'if-match': String(version) } };
}

export const dataProvider: DataProvider = {
  ...rest,
  update: (params) => rest.update({ ...params, meta: withVersion(params.meta) }),
  deleteOne: (params) => rest.deleteOne({ ...params, meta: withVersion(params.meta) }),
};
