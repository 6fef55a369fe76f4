import type { Sql } from '@tessera/kernel/public';
import type { ConsentRequest, MemberConsent } from '../contracts';

/** Under every number of the person; newest first. */
export function readConsents(sql: Sql, memberId: string): Promise<MemberConsent[]> {
  return sql.query<MemberConsent>(
    `SELECT c.id, c.channel, c.is_given AS "isGiven", c.means, c.version, c.occurred_at AS "occurredAt", c.recorded_at AS "recordedAt",
      c.staff_name AS "staffName" FROM tessera.member_consent c WHERE c.member_id = ANY (tessera.member_family($1))
    ORDER BY c.occurred_at DESC, c.id DESC`,
    [memberId],
  );
}

type Consent = Omit<ConsentRequest, 'occurredAt'> & { occurredAt: Date; staffName: string };

/** The consent to membership is an attribute of the member, too: written there, it is in the history by itself. */
export async function writeConsent(sql: Sql, memberId: string, consent: Consent): Promise<void> {
  const { channel, isGiven, means, version, occurredAt, staffName } = consent;
  if (channel === 'membership') {
    await sql.query(`SELECT set_config('tessera.consent_by', $1, true)`, [staffName]);
    await sql.query(
      `UPDATE public.members SET consent_channel = $2, consent_version = $3, consent_at = $4::timestamptz AT TIME ZONE 'UTC', updated_at = now()
      WHERE document_id = $1`,
      [memberId, isGiven ? means : null, isGiven ? version : null, isGiven ? occurredAt : null],
    );
    return;
  }
  await sql.query(
    `INSERT INTO tessera.member_consent (member_id, channel, is_given, means, version, occurred_at, staff_name)
    VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [memberId, channel, isGiven, means, version, occurredAt, staffName],
  );
}
