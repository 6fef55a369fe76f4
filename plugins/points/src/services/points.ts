import type { Core } from '@strapi/strapi';
import { access } from '@tessera/access/public';
import { kernel } from '@tessera/kernel/public';
import type { AdjustmentRequest } from '../contracts';
import type { Points } from '../public';
import { adjustPoints } from './adjust-points';
import { expireLots } from './expire-lots';
import { giftOfPoints } from './gift-points';
import { viewMemberPoints, type Act } from './member-points';
import { createRuleBooks } from './rule-book';

export type PointsService = ReturnType<typeof createPointsService>;

export function pointsService(strapi: Core.Strapi): PointsService {
  return strapi.plugin('points').service('points') as PointsService;
}

/** The use cases, bound to this server's database and access. */
export function createPointsService({ strapi }: { strapi: Core.Strapi }) {
  const { database } = kernel(strapi);
  const ruleBook = createRuleBooks(database);
  const shared: Points = {
    ruleBook,
    giftOf: (gift) => giftOfPoints({ database, ruleBook }, gift),
    expireLots: (now, options) => expireLots(database, now, options),
  };
  const desk = { access: access(strapi), database, ...shared };
  return {
    ...shared,
    memberPoints: (act: Act, memberId: string) => viewMemberPoints(desk, act, memberId),
    adjust: (act: Act, ask: { memberId: string; request: AdjustmentRequest; key: string }) =>
      adjustPoints(desk, act, ask),
  } satisfies Points & Record<string, unknown>;
}
