import fc from 'fast-check';

/** One request as it goes over the wire: nothing here has to be valid. */
export interface HostileRequest {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: Buffer | undefined;
}

export interface Route {
  plugin: string;
  method: string;
  path: string;
}

const TEXTS = [
  '',
  ' ',
  '0',
  '-1',
  '1e999',
  'null',
  '\0',
  'a\0b',
  '\ud800',
  '𠮷野家',
  '‮abc',
  "'; DROP TABLE x; --",
  '%',
  '%00',
  '../../etc/passwd',
];
const NAMES = [
  '__proto__',
  'constructor',
  'toString',
  'prototype',
  'hasOwnProperty',
  '',
  'id',
  '$where',
  'populate',
  'filters[a][$ne]',
];
const FIELDS = [
  'storeId',
  'tillId',
  'memberId',
  'staffId',
  'roleId',
  'lines',
  'sku',
  'quantity',
  'tenders',
  'amount',
  'name',
  'phone',
  'fields',
  'reason',
  'cart',
  'version',
];
const PARAMETERS = [
  '_start',
  '_end',
  '_sort',
  '_order',
  'q',
  'storeId',
  'staffId',
  'validUntil',
  'name_gte',
  'name_like',
  'reason',
  'locale',
  'width',
];
const NUMBERS = [0, -0, -1, 1.5, 2 ** 31, 2 ** 53, 1e308, -1e308];

const text = fc.oneof(
  fc.constantFrom(...TEXTS),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constant('长'.repeat(5_000)),
);
const name = fc.constantFrom(...NAMES, ...FIELDS);
const leaf = fc.oneof(text, fc.constantFrom<unknown>(...NUMBERS, null, true, [], {}), fc.jsonValue({ maxDepth: 2 }));
const nested = fc.constantFrom(50, 5_000, 60_000).map((depth) => '['.repeat(depth) + ']'.repeat(depth));

/** `JSON.stringify` leaves `__proto__` out when it is no own property, so objects are written by hand. */
const objectText = fc
  .array(fc.tuple(name, leaf), { maxLength: 8 })
  .map(
    (entries) =>
      `{${entries.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value) ?? 'null'}`).join(',')}}`,
  );

/** A contract's own example, with one part replaced by something else. */
function spoilt(valid: unknown): fc.Arbitrary<string> {
  const record = (valid ?? {}) as Record<string, unknown>;
  return fc
    .tuple(fc.constantFrom(...Object.keys(record), 'extra'), leaf)
    .map(([key, value]) => JSON.stringify({ ...record, [key]: value }));
}

const TYPES = [
  'application/json',
  'application/json; charset=utf-16',
  'application/json; charset=nonsense',
  'application/vnd.api+json',
  'application/x-www-form-urlencoded',
  'multipart/form-data',
  'multipart/form-data; boundary=x',
  'text/plain',
  'application/xml',
  'application/octet-stream',
  ';;;',
];

const raw = fc.oneof(
  fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes)),
  fc
    .constantFrom('{', '{"a":', 'a=1&a=2&__proto__=3', '--x\r\n\r\n', '"text"', 'nul', '\ufeff{}')
    .map((part) => Buffer.from(part)),
);
const huge = fc.constant(Buffer.from(JSON.stringify({ note: 'x'.repeat(300_000) })));

function bodies(valid: unknown): fc.Arbitrary<Buffer> {
  const json = fc.oneof(
    { arbitrary: spoilt(valid), weight: 4 },
    { arbitrary: objectText, weight: 3 },
    { arbitrary: nested, weight: 1 },
  );
  return fc.oneof(
    { arbitrary: json.map((part) => Buffer.from(part)), weight: 12 },
    { arbitrary: raw, weight: 3 },
    { arbitrary: huge, weight: 1 },
  );
}

const headers = fc.record(
  {
    'content-encoding': fc.constantFrom('gzip', 'br', 'deflate', 'nonsense'),
    'idempotency-key': fc.constantFrom(
      '',
      'x',
      '00000000-0000-0000-0000-000000000000',
      '0198c000-0000-7000-8000-000000000001',
      'x'.repeat(2_000),
    ),
    'if-match': fc.constantFrom('1', '"1"', 'W/"1"', '-1', '99999999999999999999', '*'),
    'if-none-match': fc.constantFrom('*', '"', 'x'),
    'accept-language': fc.constantFrom('', '*', 'zh-CN;q=9', 'x'.repeat(500)),
    accept: fc.constantFrom('*/*', 'text/html', 'nonsense', ''),
    'x-http-method-override': fc.constant('DELETE'),
    cookie: fc.constantFrom('=;=;', 'strapi_admin_refresh=x', 'a'.repeat(1_000)),
    'x-forwarded-for': fc.constantFrom('127.0.0.1', "'", ''),
  },
  { requiredKeys: [] },
);

function paths(route: Route, ids: readonly string[]): fc.Arbitrary<string> {
  const segment = fc.oneof(
    { arbitrary: fc.constantFrom(...ids), weight: 4 },
    { arbitrary: text.map((part) => encodeURIComponent(part.slice(0, 60).replace(/\p{Surrogate}/gu, ''))), weight: 2 },
    { arbitrary: fc.constantFrom('%E0%A4%A', '%00', '..%2f..', '__proto__', '99999999999999999999', '%'), weight: 2 },
  );
  const parameter = fc.oneof(fc.constantFrom(...PARAMETERS), name);
  const value = fc.oneof(text, fc.constantFrom(...ids, '10', '100000', '2026-01-01T00:00:00Z', '0000-01-01T00:00:00Z'));
  const pair = fc.tuple(parameter, value).map(([key, given]) => {
    const written = (part: string) => encodeURIComponent(part.slice(0, 60).replace(/\p{Surrogate}/gu, '�'));
    return `${written(key)}=${written(given)}`;
  });
  const query = fc.array(
    fc.oneof(
      { arbitrary: pair, weight: 9 },
      { arbitrary: fc.constantFrom('%ff=%ff', '&&&', 'a[b][c]=1', 'q=1&q=2'), weight: 1 },
    ),
    { maxLength: 4 },
  );
  return fc.tuple(fc.array(segment, { minLength: 3, maxLength: 3 }), query).map(([segments, pairs]) => {
    const filled = route.path.replace(/:\w+/g, () => segments.pop() || 'x');
    return `/api/${route.plugin}${filled}${pairs.length > 0 ? `?${pairs.join('&')}` : ''}`;
  });
}

function requestTo(route: Route, valid: unknown, ids: readonly string[]): fc.Arbitrary<HostileRequest> {
  return fc
    .record({
      path: paths(route, ids),
      headers,
      type: fc.oneof(
        { arbitrary: fc.constant('application/json'), weight: 8 },
        { arbitrary: fc.constantFrom(...TYPES), weight: 2 },
      ),
      body: fc.option(bodies(valid), { freq: route.method === 'GET' ? 9 : 20 }),
    })
    .map(({ path, type, body, headers: drawn }) => {
      const own: Record<string, string> = body
        ? { ...drawn, 'content-type': type, 'content-length': String(body.length) }
        : { ...drawn };
      // Unpacking is tried on some; on all of them nothing else would be.
      if (own['content-encoding'] && path.length % 5 !== 0) delete own['content-encoding'];
      return { method: route.method, path, headers: own, body: body ?? undefined };
    });
}

/** Requests to any of these routes; `valid` gives an example of what a route takes, `ids` what really exists. */
export function hostileRequest(
  routes: readonly Route[],
  valid: (route: Route) => unknown,
  ids: readonly string[],
): fc.Arbitrary<HostileRequest> {
  return fc.oneof(...routes.map((route) => requestTo(route, valid(route), ids)));
}
