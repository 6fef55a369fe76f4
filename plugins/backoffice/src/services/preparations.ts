import type { Core } from '@strapi/strapi';
import type { Prepare } from '../public';

export interface Preparations {
  add(uid: string, prepare: Prepare): void;
}

interface Write {
  data?: Record<string, unknown>;
  documentId?: string;
}

/** Runs before Strapi validates and writes: our API, Strapi's own screens and plain code all pass through here. */
export function createPreparations(strapi: Core.Strapi): Preparations {
  const byUid = new Map<string, Prepare[]>();
  strapi.documents.use(async (context, next) => {
    const prepares = byUid.get(context.uid);
    const action = context.action;
    if (!prepares || (action !== 'create' && action !== 'update' && action !== 'clone')) return next();
    const params = context.params as Write;
    const call = {
      action: action === 'update' ? ('update' as const) : ('create' as const),
      documentId: params.documentId,
    };
    let data = params.data ?? {};
    for (const prepare of prepares) data = await prepare(data, call);
    params.data = data;
    return next();
  });
  return {
    add(uid, prepare) {
      byUid.set(uid, [...(byUid.get(uid) ?? []), prepare]);
    },
  };
}
