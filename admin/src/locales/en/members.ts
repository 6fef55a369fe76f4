export default {
  history: 'Consumption history',
  noHistory: 'Nothing bought yet.',
  reveal: 'Reveal',
  revealTitle: 'Reveal personal data',
  revealText: 'What you reveal is counted, and stands on the audit trail with your name and reason.',
  revealFields: 'What',
  revealNone: 'Choose at least one',
  revealReason: 'Why do you need it?',
  revealExample: 'For example: member asked to be called back',
  revealReasonMissing: 'Say why, in at least two characters',
  revealEmpty: 'not given',
};
