import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Tessera } from './boot-tessera';
import { repository, strapiEnvironment } from './strapi-environment';

const SERVE = `
const { createStrapi } = require('@strapi/strapi');
createStrapi({ appDir: 'cms', distDir: 'cms/dist' }).load().then((strapi) =>
  strapi.server.listen(0, '127.0.0.1', () => console.log('port ' + strapi.server.httpServer.address().port)));
process.on('unhandledRejection', (error) => { console.error(error); process.exit(1); });`;

/** One more server process on the database of another: two nodes behind one address. Close it first. */
export async function bootSecondNode(first: Tessera): Promise<{ url: string; close(): Promise<void> }> {
  const node = spawn(process.execPath, ['-e', SERVE], {
    cwd: repository,
    env: { ...process.env, ...strapiEnvironment(first.databaseUrl) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(node, 'exit');
  const port = await new Promise<string>((resolve, reject) => {
    createInterface(node.stdout).on('line', (line) => {
      const found = /^port (\d+)$/.exec(line)?.[1];
      if (found) resolve(found);
    });
    ended.then(() => reject(new Error('The second node did not start')), reject);
  });
  return {
    url: `http://127.0.0.1:${port}`,
    async close() {
      node.kill('SIGKILL');
      await ended;
    },
  };
}
