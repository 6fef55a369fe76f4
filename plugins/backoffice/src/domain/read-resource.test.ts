import { readResource, type AttributeSchema } from './read-resource';

function fieldOf(attribute: AttributeSchema) {
  const backoffice = { resource: 'rules', permission: 'rules', label: { zh: '规则', en: 'Rules' } };
  return readResource({ uid: 'api::rule.rule', pluginOptions: { backoffice }, attributes: { stores: attribute } })
    ?.fields[0];
}

const STORES: AttributeSchema = { type: 'relation', relation: 'manyToMany', target: 'api::store.store' };

test('a relation says that pointing to nothing means everything, where its schema does', () => {
  expect(fieldOf({ ...STORES, pluginOptions: { backoffice: { emptyMeansAll: true } } })?.emptyMeansAll).toBe(true);
});

test('a relation is no such thing unless its schema says so', () => {
  expect(fieldOf({ ...STORES, pluginOptions: { backoffice: {} } })).not.toHaveProperty('emptyMeansAll');
});
