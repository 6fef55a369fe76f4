import type { Field } from '@tessera/backoffice/contracts';
import { schemaFields } from '@tessera/backoffice/domain';
import { EARN_RULE_KINDS } from './earn-rules';

/** The arguments of a kind of earn rule as fields of a form, drawn from its schema; none for a kind that is not known. */
export function argFields(kindCode: string): Field[] {
  const kind = EARN_RULE_KINDS.find(({ code }) => code === kindCode);
  return kind ? schemaFields(kind.argsSchema) : [];
}
