import type { Access, Staff } from '@tessera/access/public';
import type { Database } from '@tessera/kernel/public';

export interface CouponDesk {
  access: Access;
  database: Database;
}

export interface Act {
  staff: Staff;
  now: Date;
}
