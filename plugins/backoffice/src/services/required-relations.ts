import { demandRelations } from '../domain/demand-relations';
import { isRelation } from '../domain/resource';
import type { BackofficeService } from './backoffice';

/** Relations that the schemas call required are so on every way in, Strapi's own screens among them. */
export function prepareRequiredRelations({ resources, addPreparation }: BackofficeService): void {
  for (const { uid, fields } of resources.values()) {
    const required = fields.filter((field) => isRelation(field) && field.isRequired).map(({ name }) => name);
    if (required.length > 0) addPreparation(uid, (data, { action }) => demandRelations(data, required, action));
  }
}
