import type { Field } from '@tessera/backoffice/contracts';
import { schemaFields } from '@tessera/backoffice/domain';
import { COUPON_KINDS } from './kinds';

/** The arguments of a kind of coupon as fields of a form, drawn from its schema; none for a kind that is not known. */
export function couponArgFields(kindCode: string): Field[] {
  const kind = COUPON_KINDS.find(({ code }) => code === kindCode);
  return kind ? schemaFields(kind.argsSchema) : [];
}
