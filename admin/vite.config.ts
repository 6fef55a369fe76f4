import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const plugins = fileURLToPath(new URL('../plugins', import.meta.url));
const server = process.env.TESSERA_SERVER ?? 'http://127.0.0.1:1337';

/** Parts every screen needs; all else follows the lazy routes, so that the till loads no back-office code. */
function chunkOf(id: string): string | undefined {
  if (/node_modules\/(react|react-dom|scheduler|react-router)\//.test(id)) return 'react';
  if (/node_modules\/(@refinedev\/core|@refinedev\/react-router|@tanstack)\//.test(id)) return 'refine';
  return undefined;
}

export default defineConfig({
  plugins: [react()],
  resolve: {
    // The built plugins are CommonJS, which Rollup cannot shake: the panel takes their sources.
    alias: [{ find: /^@tessera\/([a-z]+)\/(contracts|domain)$/, replacement: `${plugins}/$1/src/$2` }],
    dedupe: ['react', 'react-dom', 'dayjs'],
  },
  build: {
    manifest: true,
    target: 'es2022',
    rollupOptions: { output: { manualChunks: chunkOf } },
  },
  server: {
    port: 5173,
    proxy: Object.fromEntries(['/api', '/admin', '/uploads'].map((path) => [path, { target: server }])),
  },
});
