import { Agent, request as send } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { bootTessera, type Tessera } from '../../config/presets/testing';
import { hostileRequest, type HostileRequest } from './hostile-requests';
import { routesOf, validRequest, type Place } from './valid-requests';
import { makePlace } from './make-place';

const REQUESTS = Number(process.env.FUZZ_REQUESTS ?? 5_200);
const AT_ONCE = 12;

let tessera: Tessera;
let place: Place;
let token: string;

beforeAll(async () => {
  tessera = await bootTessera();
  token = await tessera.signIn('owner');
  place = await makePlace(tessera, token);
});
afterAll(() => tessera.close());

/** @returns the status, or 0 when the server closed the connection on a body it would not read. */
function statusOf(hostile: HostileRequest, agent: Agent): Promise<number> {
  const { port } = tessera.strapi.server.httpServer.address() as AddressInfo;
  return new Promise((resolve) => {
    const { method, path, headers } = hostile;
    const options = {
      host: '127.0.0.1',
      port,
      agent,
      method,
      path,
      headers: { authorization: `Bearer ${token}`, ...headers },
    };
    const request = send(options, (response) => {
      response.resume();
      response.on('end', () => resolve(response.statusCode ?? 0));
      response.on('error', () => resolve(0));
    });
    request.on('error', () => resolve(0));
    request.setTimeout(20_000, () => request.destroy());
    request.end(hostile.body);
  });
}

test('thousands of hostile requests end with the server alive and not one fault', async () => {
  const routes = routesOf(tessera);
  const ids = [...new Set(Object.values(place))];
  const body = (route: { plugin: string; method: string; path: string }) => validRequest(route, place)?.body;
  const seed = Number(process.env.SEED);
  const requests = fc.sample(hostileRequest(routes, body, ids), { seed, numRuns: REQUESTS });
  const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
  const faults: string[] = [];
  const seen = new Map<number, number>();
  async function work(): Promise<void> {
    for (let next = requests.pop(); next; next = requests.pop()) {
      const status = await statusOf(next, agent);
      seen.set(status, (seen.get(status) ?? 0) + 1);
      const isHuge = (next.body?.length ?? 0) > 60_000;
      if (status >= 500 || (status === 0 && !isHuge)) {
        const shown = next.body?.subarray(0, 300).toString('utf8') ?? '';
        faults.push(`${status} ${next.method} ${next.path} ${JSON.stringify(next.headers)} ${shown}`);
      }
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  agent.destroy();
  process.stderr.write(`Fuzz seed ${seed}: ${JSON.stringify(Object.fromEntries([...seen].sort()))}\n`);
  expect(faults.slice(0, 20)).toEqual([]);
  await tessera.request.get('/_health').expect(204);
  await tessera.as(token).get('/api/access/me').expect(200);
}, 900_000);
