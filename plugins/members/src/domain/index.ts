export { nameSearchKeys, titleSearchKeys, type NameSearchKeys } from './name-search-keys';
export { invalidPhone, lastFourDigits, normalisePhone } from './normalise-phone';
