import { randomUUID } from 'node:crypto';
import { kernel, type Database } from '@tessera/kernel/public';
import { bootTessera, type Tessera } from '../../../config/presets/testing';
import { ledger, type Journal, type Posting } from '../src/public';

let tessera: Tessera;
let database: Database;

beforeAll(async () => {
  tessera = await bootTessera();
  database = kernel(tessera.strapi).database;
});
afterAll(() => tessera.close());

function journal(postings: [string, number][], more: Partial<Journal> = {}): Journal {
  const posting = ([ownerId, amount]: [string, number]): Posting => ({
    ownerType: 'test',
    ownerId,
    account: 'cash',
    unit: 'CNY',
    amount,
  });
  return {
    id: randomUUID(),
    kind: 'test',
    storeId: 'store',
    businessDay: '2026-01-01',
    occurredAt: '2026-01-01T10:00:00.000Z',
    staffId: null,
    subjectType: 'test',
    subjectId: 'test',
    postings: postings.map(posting),
    ...more,
  };
}

function post(...journals: Journal[]): Promise<void> {
  return database.transaction((sql) => ledger(tessera.strapi).post(sql, journals));
}

function balance(ownerId: string): Promise<number> {
  return ledger(tessera.strapi).balance(database, { ownerType: 'test', ownerId, account: 'cash', unit: 'CNY' });
}

test('a journal moves its accounts', async () => {
  await post(
    journal([
      ['a', 300],
      ['b', -300],
    ]),
    journal([
      ['a', -100],
      ['b', 100],
    ]),
  );
  expect([await balance('a'), await balance('b')]).toEqual([200, -200]);
});

test('a journal that does not balance moves nothing, nor does its batch', async () => {
  await expect(
    post(
      journal([
        ['c', 5],
        ['d', -5],
      ]),
      journal([['c', 1]]),
    ),
  ).rejects.toThrow('is off by 1 CNY');
  expect(await balance('c')).toBe(0);
});

test('a journal is taken back once, by one that names it', async () => {
  const first = journal([
    ['e', 10],
    ['f', -10],
  ]);
  await post(first);
  await post(
    journal(
      [
        ['e', -10],
        ['f', 10],
      ],
      { reverses: first.id },
    ),
  );
  expect(await balance('e')).toBe(0);
  await expect(
    post(
      journal(
        [
          ['e', -10],
          ['f', 10],
        ],
        { reverses: first.id },
      ),
    ),
  ).rejects.toThrow('duplicate key');
});

test.each([
  'UPDATE tessera.posting SET amount = amount + 1',
  'DELETE FROM tessera.posting',
  'TRUNCATE tessera.posting',
  'UPDATE tessera.journal SET kind = kind',
  'DELETE FROM tessera.journal',
  'TRUNCATE tessera.journal CASCADE',
  'DELETE FROM tessera.account',
  "UPDATE tessera.account SET owner_id = 'another'",
  'TRUNCATE tessera.account CASCADE',
  'TRUNCATE tessera.transaction CASCADE',
  'UPDATE tessera.audit SET effect = effect',
])('history refuses: %s', async (statement) => {
  await post(
    journal([
      ['g', 1],
      ['h', -1],
    ]),
  );
  await database.query(
    `SELECT tessera.record_audit('{"action":"test","effect":"deny","rule":"test","policyVersion":1}')`,
  );
  await expect(database.query(statement)).rejects.toThrow('its rows are history');
});

test('an account with a floor does not fall below it', async () => {
  await database.query(`INSERT INTO tessera.account_floor VALUES ('test', 'purse', 0) ON CONFLICT DO NOTHING`);
  const purse = (amount: number): Journal => {
    const one = journal([
      ['p', amount],
      ['q', -amount],
    ]);
    return {
      ...one,
      postings: one.postings.map((each, index) => (index === 0 ? { ...each, account: 'purse' } : each)),
    };
  };
  await post(purse(100));
  await expect(post(purse(-101))).rejects.toThrow('would fall below');
  const tries = await Promise.allSettled(Array.from({ length: 20 }, () => post(purse(-100))));
  expect(tries.filter((each) => each.status === 'fulfilled')).toHaveLength(1);
});

test('posters that share accounts in any order neither lose a unit nor wait for each other in a circle', async () => {
  const owners = ['s1', 's2', 's3', 's4'];
  const one = (index: number) => {
    const [from, to] = [owners[index % 4] ?? '', owners[(index + 1 + (index % 3)) % 4] ?? ''];
    return post(
      journal([
        [from, index + 1],
        [to, -(index + 1)],
      ]),
    );
  };
  await Promise.all(Array.from({ length: 60 }, (_, index) => one(index)));
  const [row] = await database.query<{ wrong: number; total: number }>(
    `SELECT count(*) FILTER (WHERE a.balance <> coalesce(p.sum, 0)) AS wrong, sum(a.balance)::bigint AS total FROM tessera.account a
    LEFT JOIN (SELECT account_id, sum(amount) FROM tessera.posting GROUP BY 1) p ON p.account_id = a.id`,
  );
  expect(row).toEqual({ wrong: 0, total: 0 });
});

const REFUSED: [string, () => Journal, object][] = [
  ['a posting of nothing', () => journal([['n', 0]]), { code: '23514' }],
  [
    'a journal whose units would have to balance each other',
    () => {
      const one = journal([
        ['u', 7],
        ['v', -7],
      ]);
      return {
        ...one,
        postings: one.postings.map((each, index) => (index === 0 ? each : { ...each, unit: 'points' })),
      };
    },
    { constraint: 'journal_balances' },
  ],
  [
    'a journal that takes back one that is not there',
    () =>
      journal(
        [
          ['u', 1],
          ['v', -1],
        ],
        { reverses: randomUUID() },
      ),
    { code: '23503' },
  ],
  [
    'a journal that takes back itself',
    () => {
      const id = randomUUID();
      return journal(
        [
          ['u', 1],
          ['v', -1],
        ],
        { id, reverses: id },
      );
    },
    { code: '23514' },
  ],
];

test.each(REFUSED)('%s is refused and moves nothing', async (_what, make, error) => {
  await expect(post(make())).rejects.toMatchObject(error);
  expect([await balance('n'), await balance('u'), await balance('v')]).toEqual([0, 0, 0]);
});

test('the same journal is posted once', async () => {
  const one = journal([
    ['w', 4],
    ['x', -4],
  ]);
  await post(one);
  await expect(post(one)).rejects.toMatchObject({ code: '23505' });
  expect(await balance('w')).toBe(4);
});

test('postings inserted past the function must balance as well', async () => {
  const one = journal([
    ['y', 100],
    ['z', -100],
  ]);
  await post(one);
  const inserted = database.query(
    `INSERT INTO tessera.posting (journal_id, entry, account_id, amount, balance_after)
    SELECT journal_id, 9, account_id, 5, 105 FROM tessera.posting WHERE journal_id = $1 AND entry = 1`,
    [one.id],
  );
  await expect(inserted).rejects.toMatchObject({ constraint: 'journal_balances' });
});

test('each posting remembers the balance after it, in the order of one call', async () => {
  const owner = randomUUID();
  const move = (amount: number) =>
    journal([
      [owner, amount],
      ['rest', -amount],
    ]);
  await post(move(700), move(-200), move(50));
  const rows = await database.query<{ amount: number; after: number }>(
    `SELECT p.amount, p.balance_after AS after FROM tessera.posting p JOIN tessera.account a ON a.id = p.account_id
    WHERE a.owner_id = $1`,
    [owner],
  );
  expect(Object.fromEntries(rows.map(({ amount, after }) => [amount, after]))).toEqual({
    700: 700,
    [-200]: 500,
    50: 550,
  });
});
