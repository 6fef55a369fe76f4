import type { Core } from '@strapi/strapi';

/** One PostgreSQL, embedded or given; the launcher sets DATABASE_URL for the embedded one. */
export default ({ env }: Core.Config.Shared.ConfigParams) => {
  const url = env('DATABASE_URL');
  if (!url) throw new Error('DATABASE_URL is not set: start with `npm start`, which brings its own PostgreSQL');
  return {
    connection: {
      client: 'postgres',
      // A database user called "tessera" would have that schema first: Strapi would make its tables among ours.
      connection: { connectionString: url, options: '-c search_path=public' },
      pool: { min: 0, max: env.int('DATABASE_POOL', 10) },
    },
    // Schema sync may never drop what it does not know: a plugin that failed to build would lose its tables.
    settings: { forceMigration: false, runMigrations: false },
  };
};
