export { bootTessera, createTestDatabase, type Tessera } from './boot-tessera';
export type { Staff, StaffOptions } from './builders';
