import { described } from '@tessera/backoffice/domain';
import { sum } from '@tessera/kernel/domain';
import { z } from 'zod';
import { categoriesArg, pointsArg } from './args';
import { earnRuleKind } from './kind';

const argsSchema = z
  .strictObject({
    points: pointsArg,
    skus: described(z.array(z.string().trim().min(1).max(64)).max(50).default([]), {
      label: { zh: '货号', en: 'Item numbers' },
    }),
    categories: categoriesArg,
  })
  .refine(({ skus, categories }) => skus.length + categories.length > 0, {
    message: 'name items or categories',
    path: ['skus'],
  });

/** So many points for every piece of certain goods, as long as counting money was paid for them. */
export const perItem = earnRuleKind({
  code: 'per-item',
  label: { zh: '按商品或分类', en: 'Per item or category' },
  argsSchema,
  evaluate({ points, skus, categories }, { lines }) {
    const weights = lines.map(({ sku, categoryId, quantity, counted }) => {
      const isMeant = skus.includes(sku) || (categoryId !== null && categories.includes(categoryId));
      return isMeant && counted > 0 ? quantity * points : 0;
    });
    return { kind: 'points', points: sum(weights), weights };
  },
});
