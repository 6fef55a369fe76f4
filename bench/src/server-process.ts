import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { createStrapi } from '@strapi/strapi';

/** Entry of the server's process: serves on a free port and tells the parent where. */
async function serve(): Promise<void> {
  const cms = join(resolve(__dirname, '../..'), 'cms');
  const strapi = await createStrapi({ appDir: cms, distDir: join(cms, 'dist') }).load();
  await new Promise<void>((listening) => strapi.server.listen(0, '127.0.0.1', () => listening()));
  const { port } = strapi.server.httpServer.address() as AddressInfo;
  process.send?.({ url: `http://127.0.0.1:${port}` });
}

process.on('SIGTERM', () => process.exit(0));
process.on('disconnect', () => process.exit(0));
serve().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
