import type { Core } from '@strapi/strapi';
import type { AccessRequest, Decision } from '@tessera/access/domain';
import { access, type Staff } from '@tessera/access/public';
import { businessDayOf, notFound } from '@tessera/kernel/domain';
import { kernel } from '@tessera/kernel/public';
import type { Reveal, RevealRequest } from '../contracts';
import { countReveal, readRevealFacts, type RevealFacts } from '../store/reveal-store';

/** Of a member without a home store: the defaults of a new store. */
const NO_STORE = { timeZone: 'Asia/Shanghai', dayCutoff: '04:00' };

interface Call {
  staff: Staff;
  memberId: string;
  request: RevealRequest;
  now: Date;
}

function businessDay(facts: RevealFacts, now: Date): string {
  return businessDayOf(now, facts.timeZone ?? NO_STORE.timeZone, facts.dayCutoff ?? NO_STORE.dayCutoff);
}

/** Thrown to roll back: a refused reveal counts for nothing. */
class Refused extends Error {
  readonly asked: AccessRequest;

  constructor(asked: AccessRequest, fields: string[]) {
    super('refused');
    // `query` asks for clear text: a grant that shows the field masked reveals nothing.
    this.asked = { ...asked, fields: { read: fields, query: fields } };
  }
}

function permitted(decision: Decision, fields: readonly string[]): boolean {
  return decision.effect === 'allow' && fields.every((field) => decision.read[field] === 'clear');
}

/**
 * Shows masked fields of one member once: counted per person and business day, and on the trail with the reason, in one
 * transaction. Shown means recorded: without the line in the trail there is no answer.
 * @throws not_found (404), forbidden (403: scope, field, or above the limit of the day)
 */
export async function reveal(strapi: Core.Strapi, { staff, memberId, request, now }: Call): Promise<Reveal> {
  const { database } = kernel(strapi);
  const facts = await readRevealFacts(database, memberId);
  if (!facts) throw notFound({ what: 'member', id: memberId });
  const fields = [...new Set(request.fields)];
  try {
    await database.transaction(async (sql) => {
      const perDay = await countReveal(sql, staff.id, businessDay(facts, now));
      const asked: AccessRequest = {
        permission: 'members.reveal',
        now,
        records: [{ storeId: facts.storeId }],
        fields: { read: fields },
        amounts: { perDay },
      };
      // Refused outside the transaction: recording a refusal needs a connection, and those waiting here hold theirs.
      const decision = access(strapi).decide(staff, asked);
      if (!permitted(decision, fields)) throw new Refused(asked, fields);
      await access(strapi).record(sql, {
        staff,
        decision,
        storeId: facts.storeId,
        subjectType: 'member',
        subjectId: memberId,
        fields,
        reason: request.reason,
      });
    });
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    await access(strapi).demand(staff, error.asked);
    throw error;
  }
  return { id: memberId, values: Object.fromEntries(fields.map((field) => [field, facts[field]])) };
}
