/** Of a member without a home store: the defaults of a new store. */
export const NO_STORE = { timeZone: 'Asia/Shanghai', dayCutoff: '04:00' };
