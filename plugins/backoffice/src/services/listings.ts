import type { Core } from '@strapi/strapi';
import type { LocalizedText } from '@tessera/access/domain';
import type { ListQuery } from '../domain/list-query';
import type { ListField, ResourceDefinition, SearchColumn } from '../domain/resource';
import type { RecordResource } from '../public';
import { documentSource, referringLinks, targetOf, type Metadata } from '../store/document-source';
import { recordFields, recordSource } from '../store/record-source';
import type { Source, Target } from '../store/source';

/** Master data and records alike, as lists see them. */
export interface Listing {
  resource: string;
  /** `<permission>.view` admits to it. */
  permission: string;
  label: LocalizedText;
  title: LocalizedText;
  fields: readonly ListField[];
  searchColumns: readonly SearchColumn[];
  hasArchive: boolean;
  source: Source;
  defaultSort: ListQuery['sort'];
}

/** Master data: what can also be written. */
export interface DocumentListing extends Listing {
  definition: ResourceDefinition;
  /** Link tables of other rows that may point to a row of this one. */
  referredFrom: { table: string; column: string }[];
}

export interface Listings {
  all(): Listing[];
  /** @throws when the resource does not exist: routes are made from the same list. */
  get(resource: string): Listing;
  document(resource: string): DocumentListing;
  documentByUid(uid: string): DocumentListing | undefined;
  /** Name under which the panel knows what a relation points to: a resource, or `accounts`. */
  referenceOf(field: ListField): string | undefined;
}

export const ACCOUNTS = 'accounts';
const ACCOUNT_UID = 'admin::user';

interface Registered {
  resources: ReadonlyMap<string, ResourceDefinition>;
  records: ReadonlyMap<string, RecordResource>;
}

function toRecordListing(resource: RecordResource, targetByReference: (name: string) => Target | undefined): Listing {
  const { label, title, permission } = resource;
  return {
    resource: resource.resource,
    permission,
    label,
    title,
    fields: recordFields(resource),
    searchColumns: [],
    hasArchive: false,
    source: recordSource(resource, targetByReference),
    defaultSort: [{ key: resource.defaultSort.field, order: resource.defaultSort.order }],
  };
}

/** Made on first use: by then every plugin has registered and Strapi knows its tables. */
function build(metadata: Metadata, { resources, records }: Registered) {
  const byUid = new Map([...resources.values()].map((definition) => [definition.uid, definition]));
  const documents = new Map<string, DocumentListing>();
  const listings = new Map<string, Listing>();
  for (const definition of resources.values()) {
    const { resource, permission, label, title, fields, searchColumns } = definition;
    const source = documentSource(metadata, definition, (uid) => byUid.get(uid));
    const referredFrom = referringLinks(metadata, definition.uid);
    const base = { resource, permission, label, title, fields, searchColumns, hasArchive: true, source };
    const listing = { ...base, defaultSort: [], definition, referredFrom };
    documents.set(resource, listing);
    listings.set(resource, listing);
  }
  function targetByReference(name: string): Target | undefined {
    if (name === ACCOUNTS) return targetOf(metadata, ACCOUNT_UID, undefined);
    const definition = resources.get(name);
    return definition && targetOf(metadata, definition.uid, definition);
  }
  for (const record of records.values()) listings.set(record.resource, toRecordListing(record, targetByReference));
  return { byUid, documents, listings };
}

function known<Value>(map: ReadonlyMap<string, Value>, name: string): Value {
  const value = map.get(name);
  if (!value) throw new Error(`there is no resource "${name}"`);
  return value;
}

export function createListings(strapi: Core.Strapi, registered: Registered): Listings {
  let built: ReturnType<typeof build> | undefined;
  const use = () => (built ??= build(strapi.db.metadata as unknown as Metadata, registered));
  return {
    all: () => [...use().listings.values()],
    get: (resource) => known(use().listings, resource),
    document: (resource) => known(use().documents, resource),
    documentByUid(uid) {
      const definition = use().byUid.get(uid);
      return definition && use().documents.get(definition.resource);
    },
    referenceOf({ target }) {
      if (target === ACCOUNT_UID) return ACCOUNTS;
      return target === undefined ? undefined : (use().byUid.get(target)?.resource ?? target);
    },
  };
}
