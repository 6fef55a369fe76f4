export * from './count-cash';
export * from './shift-journals';
export * from './shift-refusals';
export * from './shift-report';
export { shiftReportHtml } from './shift-report-html';
export * from './shift-tenders';
