import type { Core } from '@strapi/strapi';
import type { Access } from '@tessera/access/public';
import { kernel, type Sql } from '@tessera/kernel/public';
import { inUse } from '../domain/errors';
import type { HasHistory } from '../public';
import { isLinkedTo, readRow } from '../store/row-store';
import type { DocumentListing, Listings } from './listings';

export type IsInUse = (sql: Sql, listing: DocumentListing, documentId: string) => Promise<boolean>;

/** Does another row, the trail, an assignment or a plugin's history refer to it? Then it is archived, not deleted. */
export function createInUse(access: Access, historyChecks: (resource: string) => readonly HasHistory[]): IsInUse {
  return async (sql, listing, documentId) => {
    if (await isLinkedTo(sql, listing.source, listing.referredFrom, documentId)) return true;
    const row = await readRow(sql, listing.source, documentId, new Set());
    const storeId = listing.definition.store.kind === 'self' ? documentId : null;
    if (await access.hasHistory(sql, { storeId, staffIds: row?.facts.staffIds ?? [] })) return true;
    for (const hasHistory of historyChecks(listing.resource)) if (await hasHistory(sql, documentId)) return true;
    return false;
  };
}

/** Strapi's own screens and code may not delete it either. */
export function guardDeletes(strapi: Core.Strapi, listings: Listings, isInUse: IsInUse): void {
  strapi.documents.use(async (context, next) => {
    const listing = context.action === 'delete' ? listings.documentByUid(context.uid) : undefined;
    const { documentId } = context.params as { documentId?: string };
    if (!listing || !documentId) return next();
    return kernel(strapi).documentTransaction(async (sql) => {
      if (await isInUse(sql, listing, documentId)) throw inUse({ resource: listing.resource });
      return next();
    });
  });
}
