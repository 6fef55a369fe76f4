export default {
  runNow: 'Run now',
  again: 'Try again',
  next: 'Next run:',
  never: 'It has not run yet.',
  started: 'Started',
  outcome: 'Outcome',
  took: 'Took',
  seconds: '{{seconds}} s',
  result: 'Result',
  askedBy: 'Wanted by',
  schedule: 'Schedule',
  failed: 'The last run failed: {{jobs}}. Sales go on; read the reason below, then try again.',
};
