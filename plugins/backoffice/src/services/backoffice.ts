import type { Core } from '@strapi/strapi';
import { access } from '@tessera/access/public';
import { kernel } from '@tessera/kernel/public';
import { readResource, type ContentTypeSchema } from '../domain/read-resource';
import type { ResourceDefinition } from '../domain/resource';
import { resourcePermissions } from '../domain/resource-permissions';
import type { Backoffice, HasHistory, RecordResource } from '../public';
import { createExporting, type Exporting } from './exporting';
import { createImageShelf } from './image-shelf';
import { createImages, type Images } from './images';
import { createInUse, guardDeletes } from './in-use';
import { createListings, type Listings } from './listings';
import { createPreparations } from './preparations';
import { createReading, type Reading } from './reading';
import { createSchema } from './schema';
import { createWriting, type Writing } from './writing';

export interface BackofficeService extends Backoffice {
  /** Master data, by resource name. */
  readonly resources: ReadonlyMap<string, ResourceDefinition>;
  /** Records that code writes, by resource name. */
  readonly records: ReadonlyMap<string, RecordResource>;
  readonly listings: Listings;
  readonly reading: Reading;
  readonly exporting: Exporting;
  readonly writing: Writing;
  readonly images: Images;
  readonly schema: ReturnType<typeof createSchema>;
}

export function backofficeService(strapi: Core.Strapi): BackofficeService {
  return strapi.plugin('backoffice').service('backoffice') as BackofficeService;
}

function readResources(strapi: Core.Strapi): Map<string, ResourceDefinition> {
  const types = Object.values(strapi.contentTypes) as unknown as ContentTypeSchema[];
  const definitions = types.map(readResource).filter((definition) => definition !== undefined);
  return new Map(definitions.map((definition) => [definition.resource, definition]));
}

export function createBackofficeService({ strapi }: { strapi: Core.Strapi }): BackofficeService {
  const resources = readResources(strapi);
  const records = new Map<string, RecordResource>();
  const checks = new Map<string, HasHistory[]>();
  const preparations = createPreparations(strapi);
  const listings = createListings(strapi, { resources, records });
  const isInUse = createInUse(access(strapi), (resource) => checks.get(resource) ?? []);
  const desk = { strapi, access: access(strapi), listings, shelf: createImageShelf(strapi) };
  guardDeletes(strapi, listings, isInUse);
  return {
    resources,
    records,
    listings,
    reading: createReading(access(strapi), kernel(strapi).database, listings),
    exporting: createExporting(access(strapi), kernel(strapi).database, listings),
    writing: createWriting({ ...desk, isInUse }),
    images: createImages(desk),
    schema: createSchema(access(strapi), listings),
    addRecordResource(resource) {
      if (records.has(resource.resource) || resources.has(resource.resource)) {
        throw new Error(`resource "${resource.resource}" is registered twice`);
      }
      records.set(resource.resource, resource);
    },
    addHistoryCheck: (resource, hasHistory) => void checks.set(resource, [...(checks.get(resource) ?? []), hasHistory]),
    addPreparation: (uid, prepare) => preparations.add(uid, prepare),
    resource: (name) => listings.document(name).definition,
    permissions: () => [...resources.values()].flatMap(resourcePermissions),
  };
}
