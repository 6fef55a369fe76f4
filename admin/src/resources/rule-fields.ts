import type { Field } from '@tessera/backoffice/contracts';
import { couponArgFields } from '@tessera/campaigns/domain';
import { argFields } from '@tessera/points/domain';

/** The arguments of a kind as fields of a form, whichever plugin knows the kind: no two have a kind of the same name. */
export function ruleFields(kind: string): Field[] {
  return [argFields, couponArgFields].flatMap((fieldsOf) => fieldsOf(kind));
}
