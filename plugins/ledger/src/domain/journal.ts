/** One movement of one account, in whole units (minor units for money). The sum per journal and unit is 0. */
export interface Posting {
  /** Kind and id of the owner, e.g. `till` + documentId, `member` + documentId, `store` + documentId. */
  ownerType: string;
  ownerId: string;
  /** What the account counts for that owner: `cash`, `card`, `revenue`, `tax`, `points` … */
  account: string;
  /** `CNY`, `points`, `<sku>` … */
  unit: string;
  amount: number;
}

export interface Journal {
  /** UUIDv7 made by the caller. */
  id: string;
  kind: string;
  storeId: string;
  businessDay: string;
  occurredAt: string;
  staffId: string | null;
  /** The record that explains it, e.g. `transaction` + id. */
  subjectType: string;
  subjectId: string;
  /** Journal that this one takes back. */
  reverses?: string | null;
  postings: Posting[];
}
