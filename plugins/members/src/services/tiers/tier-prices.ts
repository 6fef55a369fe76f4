import type { Core } from '@strapi/strapi';
import { backoffice } from '@tessera/backoffice/public';
import { kernel } from '@tessera/kernel/public';
import { prepareTierPrice } from '../../domain';
import { nameOfTierPrice, readTierPrice } from '../../store/tier-price-store';

/** Every write of a price list, by whatever route: an entry is of one item, and is called by it. */
export function prepareTierPrices(strapi: Core.Strapi): void {
  backoffice(strapi).addPreparation('api::tier-price.tier-price', async (data, { documentId }) => {
    const { database } = kernel(strapi);
    const about = prepareTierPrice(data, documentId ? await readTierPrice(database, documentId) : null);
    return { ...data, name: await nameOfTierPrice(database, about) };
  });
}
