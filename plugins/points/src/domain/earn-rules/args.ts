import { described } from '@tessera/backoffice/domain';
import { documentIdSchema } from '@tessera/kernel/contracts';
import { z } from 'zod';

/** How many points a rule may give for one thing. */
const MAX_POINTS = 1_000_000;

export const pointsArg = described(z.int().min(1).max(MAX_POINTS), {
  label: { zh: '积分', en: 'Points' },
  unit: 'count',
});

/** 10 000 = as many as without the rule. */
export const multiplierArg = described(z.int().min(10_001).max(1_000_000), {
  label: { zh: '积分倍率(200% = 双倍)', en: 'Multiplier (200 % = double)' },
  unit: 'basis-points',
});

export const categoriesArg = described(z.array(documentIdSchema).max(50).default([]), {
  label: { zh: '分类(不选为全部)', en: 'Categories (none = all)' },
  reference: 'categories',
});
