/** The stores a grant reaches: the store of the assignment, every store the person is assigned to, or all. */
export type ScopeKind = 'own-store' | 'assigned-stores' | 'all';

/** How a field leaves the server. A field that no grant names is hidden. */
export type Visibility = 'clear' | 'masked' | 'hidden';

/** Colours the act in the panel; from `high` on, every decision is recorded. */
export type Risk = 'low' | 'medium' | 'high' | 'critical';

export interface LocalizedText {
  zh: string;
  en: string;
}

export interface FieldDefinition {
  name: string;
  /** Personal data is masked unless a grant names the field as `clear`. */
  isPersonal: boolean;
}

export interface LimitDefinition {
  /** Key in a grant's `limits`, and in a request's `amounts`. */
  key: string;
  unit: 'minor' | 'basis-points' | 'count';
  label: LocalizedText;
}

/** One act of the product, declared by the plugin that performs it. */
export interface PermissionDefinition {
  /** `<subject>.<verb>`, e.g. `checkout.sell`, `members.view`. */
  code: string;
  plugin: string;
  label: LocalizedText;
  /** Heading under which roles list it, e.g. `{ en: 'Members', zh: '会员' }`. */
  module: LocalizedText;
  risk: Risk;
  /** False for things that belong to no store (products): a grant's scope then does not narrow it. */
  isStoreScoped: boolean;
  limits: LimitDefinition[];
  /** Beyond a limit somebody who may can consent. */
  canBeApproved: boolean;
  /** The caller must say why; the reason is recorded. */
  needsReason: boolean;
  fields: FieldDefinition[];
}

/** What a role may do. All conditions of one grant hold together; several grants are alternatives. */
export interface Grant {
  permission: string;
  scope: ScopeKind;
  ownRecordsOnly?: boolean;
  /** Field → visibility; `*` = every field: plain ones clear, personal ones masked. */
  read?: Record<string, Visibility>;
  /** Fields one may set; `*` = every field. */
  write?: string[];
  /** Highest permitted value per limit; null = unlimited; a limit that is not named = 0. */
  limits?: Record<string, number | null>;
  /** Above a limit: refuse, or ask somebody who may. */
  beyondLimit?: 'deny' | 'approve';
}

export interface PolicyRole {
  id: string;
  code: string;
  name: LocalizedText;
  grants: Grant[];
}

export interface PolicyAssignment {
  id: string;
  roleId: string;
  /** null = all stores. */
  storeId: string | null;
  /** ISO instants; null = open. */
  validFrom: string | null;
  validUntil: string | null;
}

/** Everything `decide` needs to know of one person: plain data, the same in the server and in the browser. */
export interface Policy {
  version: number;
  staffId: string;
  /** Definitions of the permissions that any role here names. */
  permissions: Record<string, PolicyPermission>;
  roles: PolicyRole[];
  assignments: PolicyAssignment[];
}

export type PolicyPermission = Pick<
  PermissionDefinition,
  'risk' | 'isStoreScoped' | 'canBeApproved' | 'needsReason'
> & {
  limits: string[];
  fields: string[];
  personal: string[];
};

/** A record an act touches. `storeId: null` = it belongs to no store, so only scope `all` reaches it. */
export interface RecordFacts {
  storeId: string | null;
  /** The staff member it belongs to, where that exists. */
  staffId?: string | null;
}

export interface AccessRequest {
  permission: string;
  now: Date;
  /** Every record touched; for a change both the old and the new state. None = the act as such (a list, a screen). */
  records?: RecordFacts[];
  fields?: {
    read?: string[];
    write?: string[];
    /** Used to sort, filter or search: `rows` is narrowed to where it is clear, or the answer would leak it. */
    query?: string[];
  };
  /** What is asked for, per limit key. */
  amounts?: Record<string, number>;
}

export type Effect = 'allow' | 'approve' | 'deny';

export type ReasonCode =
  | 'granted'
  | 'no_grant'
  | 'not_valid_now'
  | 'outside_scope'
  | 'not_own_record'
  | 'field_hidden'
  | 'field_read_only'
  | 'above_limit';

/** One step of "why": person → assignment → role → grant → condition. */
export interface Reason {
  code: ReasonCode;
  assignmentId?: string;
  roleCode?: string;
  field?: string;
  limit?: { key: string; allowed: number; asked: number };
}

/** Which rows a list may show, and how; rules are alternatives. */
export interface RowRule {
  stores: 'all' | string[];
  /** Only rows that belong to this person. */
  staffId?: string;
  read: Record<string, 'clear' | 'masked'>;
}

export interface Decision {
  effect: Effect;
  permission: string;
  /** Row filter; empty = nothing. */
  rows: RowRule[];
  /** Fields one may see of the records in the request (or of any row, when there are none). Hidden fields are absent. */
  read: Record<string, 'clear' | 'masked'>;
  write: string[];
  obligations: ('record' | 'reason')[];
  reasons: Reason[];
  /** What decided, for the trail: `<role>/<assignment>` or the reason of the refusal. */
  rule: string;
  policyVersion: number;
}
