export { csvCell, csvLine } from './csv-cell';
export { FINDINGS, OUTCOMES, type FindingCode, type OutcomeCode } from './outcomes';
export { formatThousandths, type Thousandths } from './thousandths';
