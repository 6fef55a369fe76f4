import type { Core } from '@strapi/strapi';
import { kernel, type JobDefinition } from '@tessera/kernel/public';
import { clearMemberFiles, readNeededPaths } from '../../store/draft-store';
import { createFileShelf } from '../file-shelf';

const DAY_MS = 86_400_000;

/** Personal data in files of members is kept for as many days as the configuration says, and no longer. */
export function clearMemberFilesJob(strapi: Core.Strapi): JobDefinition {
  return {
    code: 'clear-member-files',
    label: { zh: '清除会员导入文件', en: 'Clear files of member imports' },
    figures: {
      files: { zh: '个文件已删除', en: 'files removed' },
      rows: { zh: '行错误记录已删除', en: 'faulty rows removed' },
      drafts: { zh: '个未开始的导入已删除', en: 'imports that never began removed' },
    },
    cron: '20 4 * * *',
    async run({ now }) {
      const { database } = kernel(strapi);
      const days = strapi.config.get('plugin::imports.keepMemberFilesDays', 7) as number;
      const since = new Date(now.getTime() - days * DAY_MS);
      const cleared = await database.transaction((sql) => clearMemberFiles(sql, since.toISOString()));
      const needed = await readNeededPaths(database, since.toISOString());
      const shelf = createFileShelf(strapi.config.get('plugin::imports.directory') as string);
      return { files: await shelf.sweep(since, (path) => needed.has(path)), ...cleared };
    },
  };
}
