export { bootSecondNode } from './boot-second-node';
export { bootTessera, createTestDatabase, type Tessera } from './boot-tessera';
export { expireToken } from './expire-token';
export { makePng } from './make-png';
export type { Staff, StaffOptions } from './builders';
