import type { Core, UID } from '@strapi/strapi';

type Fields = Record<string, unknown>;

/** Master data by its natural key, written as people write it: through Strapi's document service. */
export interface Documents {
  /** Makes what is missing, leaves alone what is there. @returns its documentId */
  ensure(uid: UID.ContentType, key: Fields, fields: Fields): Promise<string>;
  /** Makes what is missing, brings up to date what is there. @returns its documentId */
  put(uid: UID.ContentType, key: Fields, fields: Fields): Promise<string>;
}

export function createDocuments(strapi: Core.Strapi): Documents {
  async function find(uid: UID.ContentType, key: Fields): Promise<string | undefined> {
    const found = await strapi.documents(uid).findFirst({ filters: key as never, fields: ['documentId'] as never });
    return found?.documentId;
  }
  async function create(uid: UID.ContentType, data: Fields): Promise<string> {
    const document = await strapi.documents(uid).create({ data: data as never });
    return document.documentId;
  }
  return {
    ensure: async (uid, key, fields) => (await find(uid, key)) ?? create(uid, { ...key, ...fields }),
    async put(uid, key, fields) {
      const documentId = await find(uid, key);
      if (!documentId) return create(uid, { ...key, ...fields });
      await strapi.documents(uid).update({ documentId, data: fields as never });
      return documentId;
    },
  };
}
