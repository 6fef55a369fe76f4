export { MEMBER_FIELDS, type MemberField } from './member-file/columns';
export { FINDINGS, OUTCOMES, type FindingCode, type OutcomeCode } from './outcomes';
export { formatThousandths, type Thousandths } from './thousandths';
