export { nameSearchKeys, titleSearchKeys, type NameSearchKeys } from './name-search-keys';
export { invalidPhone, lastFourDigits, normalisePhone } from './normalise-phone';
export { formatMemberNo, planLookup, type LookupStep } from './plan-lookup';
export { prepareMember, type MemberData } from './prepare-member';
export * from './tiers';
export * from './merges';
export { birthdayKeys, celebrationDay, MOST_BIRTHDAY_DAYS, type BirthdayKey } from './birthdays';
