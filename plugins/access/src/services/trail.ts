import type { Core } from '@strapi/strapi';
import type { Clock, Database } from '@tessera/kernel/public';
import type { AuditEntry } from '../public';
import { addUses, insertAudit } from '../store/trail-store';

export interface Trail {
  auditRow(entry: AuditEntry): Record<string, unknown>;
  record: (sql: Pick<Database, 'query'>, entry: AuditEntry) => Promise<void>;
  /** In a transaction of its own: refusals, which undo everything else. */
  recordNow(entry: AuditEntry): Promise<void>;
  /** Counts one ordinary act; written in a batch within seconds. */
  count(staffId: string, permission: string): void;
  flush(): Promise<void>;
  /** Writes what was counted, for the last time. */
  close(): Promise<void>;
}

const FLUSH_MS = 2_000;

/** The JSON that `tessera.record_audit` takes. */
export function auditRow(entry: AuditEntry): Record<string, unknown> {
  const { staff, decision, ...rest } = entry;
  return {
    ...rest,
    staffId: staff.id,
    staffName: staff.name,
    roles: staff.policy.roles.map((role) => role.code),
    action: decision.permission,
    effect: decision.effect,
    rule: decision.rule,
    policyVersion: decision.policyVersion,
  };
}

export function createTrail(strapi: Core.Strapi, database: Database, clock: Clock): Trail {
  const uses = new Map<string, { staffId: string; permission: string; uses: number }>();
  let timer: NodeJS.Timeout | undefined;
  let isClosed = false;

  function count(staffId: string, permission: string, times = 1): void {
    const key = `${staffId} ${permission}`;
    const use = uses.get(key);
    if (use) use.uses += times;
    else uses.set(key, { staffId, permission, uses: times });
    if (!isClosed) timer ??= setTimeout(() => void flush(), FLUSH_MS).unref();
  }

  async function flush(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    const batch = [...uses.values()];
    uses.clear();
    if (batch.length === 0) return;
    try {
      await addUses(database, clock.now(), batch);
    } catch (error) {
      strapi.log.error(`Could not record ${batch.length} uses, will try again: ${String(error)}`);
      batch.forEach((use) => count(use.staffId, use.permission, use.uses));
    }
  }

  return {
    auditRow,
    record: (sql, entry) => insertAudit(sql, auditRow(entry)),
    recordNow: (entry) => insertAudit(database, auditRow(entry)),
    count: (staffId, permission) => count(staffId, permission),
    flush,
    async close() {
      isClosed = true;
      await flush();
    },
  };
}
