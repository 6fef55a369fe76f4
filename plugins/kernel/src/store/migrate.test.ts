import { orderSources } from './migrate';

const source = (plugin: string, ...after: string[]) => ({ plugin, directory: '', after });

test('a plugin comes after what it builds on', () => {
  const names = orderSources([
    source('checkout', 'ledger', 'access'),
    source('access', 'kernel'),
    source('kernel'),
    source('ledger', 'kernel'),
  ]);
  expect(names.map((each) => each.plugin)).toEqual(['kernel', 'access', 'ledger', 'checkout']);
});

test('plugins that wait for each other are refused', () => {
  expect(() => orderSources([source('a', 'b'), source('b', 'a')])).toThrow('depends on itself');
});

test('a plugin that is not there is named', () => {
  expect(() => orderSources([source('a', 'ghost')])).toThrow('unknown plugin "ghost"');
});
