import { createErrorsMiddleware } from './errors-middleware';

/** What leaves when the inside of the server throws this. */
async function answerTo(thrown: unknown, encoding = ''): Promise<{ status: number; body?: unknown }> {
  const ctx: { status: number; body?: unknown } & Record<string, unknown> = {
    path: '/api/x',
    status: 404,
    get: () => encoding,
  };
  const strapi = { log: { error: () => undefined } };
  const middleware = createErrorsMiddleware({}, { strapi: strapi as never });
  await middleware(ctx as never, () => Promise.reject(thrown));
  return ctx;
}

test.each([
  ['form data that breaks off', Object.assign(new Error('stream ended unexpectedly'), { httpCode: 400 })],
  ['form data without a boundary', new Error('bad content-type header, no multipart boundary')],
])('%s is the fault of its sender', async (_what, thrown) => {
  expect(await answerTo(thrown)).toMatchObject({ status: 400, body: { error: { code: 'invalid_request' } } });
});

test.each(['gzip', 'br', ' Deflate'])('a body packed with %s is not unpacked', async (encoding) => {
  expect(await answerTo(new Error('was read all the same'), encoding)).toMatchObject({
    status: 415,
    body: { error: { code: 'unsupported_media_type' } },
  });
});

test('any other fault is ours and shows nothing of itself', async () => {
  const { status, body } = await answerTo(new Error('password is hunter2'));
  expect(status).toBe(500);
  expect(JSON.stringify(body)).not.toContain('hunter2');
});
