import { demandRelations } from './demand-relations';

const target = 'abcdefghijklmnopqrstuvwx';
const refused = expect.objectContaining({ code: 'missing_relation', status: 400, details: { field: 'store' } });

// The shapes in which Strapi takes a relation: an id, an object, lists of what is added and taken away.
test.each([[target], [{ documentId: target }], [{ set: [target] }], [{ connect: [target], disconnect: ['old'] }]])(
  '%j names the store of a new document and of a changed one',
  (store) => {
    expect(demandRelations({ store }, ['store'], 'create')).toEqual({ store });
    expect(demandRelations({ store }, ['store'], 'update')).toEqual({ store });
  },
);

test.each([[null], [[]], [{ set: [] }], [{ set: null }], [{ connect: [], disconnect: ['old'] }]])(
  '%j names none: refused in both',
  (store) => {
    expect(() => demandRelations({ store }, ['store'], 'create')).toThrow(refused);
    expect(() => demandRelations({ store }, ['store'], 'update')).toThrow(refused);
  },
);

test.each([[undefined], [{ connect: [], disconnect: [] }], [{}]])(
  '%j touches nothing: a change may, a new document may not',
  (store) => {
    expect(demandRelations({ store }, ['store'], 'update')).toEqual({ store });
    expect(() => demandRelations({ store }, ['store'], 'create')).toThrow(refused);
  },
);
