import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';
import { createErrorsMiddleware } from './errors-middleware';

/** What leaves when the inside of the server throws this. */
async function answerTo(thrown: unknown): Promise<{ status: number; body?: unknown }> {
  const ctx = { path: '/api/x', status: 404 } as { status: number; body?: unknown };
  const strapi = { log: { error: () => undefined } };
  const middleware = createErrorsMiddleware({}, { strapi: strapi as never });
  await middleware(ctx as never, () => Promise.reject(thrown));
  return ctx;
}

function thrownBy(run: () => unknown): unknown {
  try {
    return run();
  } catch (error) {
    return error;
  }
}

const JUNK = Buffer.from('xxxxxxxx');

test.each([
  ['gzip that is none', thrownBy(() => gunzipSync(JUNK))],
  ['brotli that is none', thrownBy(() => brotliDecompressSync(JUNK))],
  ['deflate that breaks off', thrownBy(() => inflateSync(Buffer.from([120, 156])))],
  ['form data that breaks off', Object.assign(new Error('stream ended unexpectedly'), { httpCode: 400 })],
  ['form data without a boundary', new Error('bad content-type header, no multipart boundary')],
])('%s is the fault of its sender', async (_what, thrown) => {
  expect(await answerTo(thrown)).toMatchObject({ status: 400, body: { error: { code: 'invalid_request' } } });
});

test('any other fault is ours and shows nothing of itself', async () => {
  const { status, body } = await answerTo(new Error('password is hunter2'));
  expect(status).toBe(500);
  expect(JSON.stringify(body)).not.toContain('hunter2');
});
