import type { Core } from '@strapi/strapi';
import type { Sql } from '@tessera/kernel/public';
import type { Assignment } from './contracts';
import type { AccessRequest, Decision, LocalizedText, PermissionDefinition, Policy } from './domain/policy';

import { accessService } from './services/access';

export { staffRouter } from './http/staff-router';
export { hashPin, verifyPin } from './services/pin-hash';

/** What `tessera.session_gate(session, staff)` answers. */
export interface SessionGate {
  /** Raised by every change that may alter what somebody may do. */
  version: number;
  isSessionLive: boolean;
}

/** The person behind a request, as the last policy knows them. */
export interface Staff {
  /** Strapi admin user id, as text. */
  id: string;
  name: string;
  email: string;
  staffNo: string | null;
  sessionId: string;
  policy: Policy;
  /** Set on routes with `gate: 'folded'`: taken from the cache, and not to be relied on before `confirm`. */
  assumed?: { isConfirmed: boolean };
}

/** What a handler gets: nothing of Koa or Strapi. */
export interface StaffCall {
  staff: Staff;
  now: Date;
  params: Record<string, string>;
  query: URLSearchParams;
  body: unknown;
  /** Lower-case header lookup. */
  header(name: string): string | undefined;
  /** Raw request, only for uploads and streams. */
  raw: import('node:http').IncomingMessage;
  files?: unknown;
}

export interface Reply {
  status: number;
  body?: unknown;
  headers?: Record<string, string>;
}

export interface StaffRoute {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below `/api/<plugin>`, e.g. `/transactions/:id`. */
  path: string;
  /** Code from the catalogue, or `self` for what everybody may ask about themselves. */
  permission: string;
  /**
   * `folded`: the handler's own first query asks `tessera.session_gate` and hands the answer to `access.confirm`, which
   * saves a round trip. It must neither write nor answer before. Left out: asked before the handler runs.
   */
  gate?: 'folded';
  handler(call: StaffCall): Promise<Reply>;
}

/** One line of the trail. `before`/`after` hold changed fields only. */
export interface AuditEntry {
  staff: Pick<Staff, 'id' | 'name' | 'policy'>;
  decision: Pick<Decision, 'effect' | 'permission' | 'rule' | 'policyVersion'>;
  storeId?: string | null;
  subjectType?: string;
  subjectId?: string;
  fields?: string[];
  amount?: number;
  reason?: string;
  before?: unknown;
  after?: unknown;
}

/** What other plugins may use of access. */
export interface Access {
  /** Call in `register()`; `code` becomes the action `plugin::<plugin>.<code>` of Strapi's role editor. */
  declarePermissions(definitions: PermissionDefinition[]): void;
  permissions(): PermissionDefinition[];
  decide(staff: Staff, request: AccessRequest): Decision;
  /** On a `folded` route: the request starts again with a fresh policy when the person assumed is not the one that stands. */
  confirm(staff: Staff, gate: SessionGate): void;
  /**
   * Decides, records a refusal, counts an ordinary act. A permitted act with the obligation `record` is recorded by the
   * use case itself, in the transaction of the act (`record`, or `auditRow` for SQL functions).
   * @throws forbidden (403), approval_required (403) with reasons and the roles that could allow it
   */
  demand(staff: Staff, request: AccessRequest): Promise<Decision>;
  /** Names of the roles that may do exactly this: whom to ask. */
  rolesThatMay(request: Pick<AccessRequest, 'permission' | 'amounts'>): Promise<LocalizedText[]>;
  /** Writes one line of the trail in the caller's transaction. */
  record(sql: Sql, entry: AuditEntry): Promise<void>;
  /** The same line as JSON, for SQL functions that call `tessera.record_audit(jsonb)`. */
  auditRow(entry: AuditEntry): Record<string, unknown>;
  /** Gives a person a role, for set-up code that acts for nobody (first start, demo store): no ceiling. */
  assign(wanted: { staffId: string; roleCode: string; storeId: string | null }): Promise<void>;
  assignmentsOf(staffId: string): Promise<Assignment[]>;
  /** @throws above_ceiling (403) when the account holds more than the person who is about to tie a record to it */
  permitAccount(staff: Staff, accountId: string, now: Date): Promise<void>;
  /** Do assignments or the trail name this store or one of these people? Then they are not deleted. */
  hasHistory(sql: Sql, subject: { storeId: string | null; staffIds: readonly string[] }): Promise<boolean>;
}

export function access(strapi: Core.Strapi): Access {
  return strapi.plugin('access').service('access') as Access;
}

/** What the application does with access while it starts. */
export function accessSetup(strapi: Core.Strapi): { syncRoles(directory: string): Promise<void> } {
  return { syncRoles: (directory) => accessService(strapi).syncRoles(directory) };
}
