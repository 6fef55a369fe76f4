import { join } from 'node:path';

/** Compiled to `cms/dist/config`, hence three steps up. */
export default () => ({
  access: { config: { rolesDirectory: join(__dirname, '..', '..', '..', 'config', 'roles') } },
});
