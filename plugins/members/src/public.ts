import type { Core } from '@strapi/strapi';

/** What other plugins may use of members. */
export interface Members {
  /** Next free member number, e.g. `M000123`. */
  nextMemberNo(): Promise<string>;
}

export function members(strapi: Core.Strapi): Members {
  return strapi.plugin('members').service('members') as Members;
}
