import { Agent, request } from 'node:http';

export interface Answer {
  status: number;
  headers: NodeJS.Dict<string | string[]>;
  body: unknown;
}

export interface Call {
  method?: 'GET' | 'POST' | 'PUT';
  path: string;
  body?: unknown;
  headers?: Record<string, string>;
}

/** @throws with the answer's text when the status is not 2xx */
export type HttpClient = (call: Call) => Promise<Answer>;

/** Keeps its connections open, as a till does. */
export function createHttpClient(url: string, token?: string): HttpClient {
  const agent = new Agent({ keepAlive: true, maxSockets: 16 });
  const { hostname, port } = new URL(url);
  return ({ method = 'GET', path, body, headers = {} }) =>
    new Promise((answered, failed) => {
      const text = body === undefined ? undefined : JSON.stringify(body);
      const sent = {
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...(text === undefined
          ? {}
          : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }),
        ...headers,
      };
      const outgoing = request({ hostname, port, agent, method, path, headers: sent }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', failed);
        response.on('end', () => {
          const received = Buffer.concat(chunks).toString();
          const status = response.statusCode ?? 0;
          if (status < 200 || status > 299) {
            failed(new Error(`${method} ${path}: ${status} ${received.slice(0, 500)}`));
            return;
          }
          answered({ status, headers: response.headers, body: received ? (JSON.parse(received) as unknown) : null });
        });
      });
      outgoing.on('error', failed);
      outgoing.end(text);
    });
}
