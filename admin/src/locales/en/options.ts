export default {
  gender: {
    female: 'Female',
    male: 'Male',
    other: 'Other',
  },
  source: {
    counter: 'Counter',
    import: 'Import',
    campaign: 'Campaign',
    referral: 'Referral',
    online: 'Online',
  },
  consentChannel: {
    paper: 'On paper',
    'counter-screen': 'On the counter screen',
    import: 'Import',
    online: 'Online',
  },
  state: {
    open: 'Open',
    closed: 'Closed',
  },
  method: {
    cash: 'Cash',
    card: 'Card',
    transfer: 'Transfer',
    'stored-value': 'Stored value',
  },
  validity: {
    forever: 'For ever',
    days: 'So many days',
    months: 'So many months',
    'year-end': 'Until the end of the year',
  },
  whenSpent: { debt: 'The member owes points', refuse: 'No refund' },
  earningTenders: { cash: 'Cash', card: 'Card', transfer: 'Transfer', 'stored-value': 'Stored value' },
  limitPeriod: { day: 'Day', week: 'Week', month: 'Month' },
  onRefund: {
    never: 'Never',
    'all-returned': 'When all its goods are back',
    'minimum-missed': 'When what is left misses the minimum',
  },
  spendOrder: { 'principal-first': 'Principal first', 'bonus-first': 'Bonus first', 'in-proportion': 'In proportion' },
  weekdays: { '1': 'Mon', '2': 'Tue', '3': 'Wed', '4': 'Thu', '5': 'Fri', '6': 'Sat', '7': 'Sun' },
  period: { days: 'A rolling period', 'calendar-year': 'The calendar year' },
  review: { daily: 'Every day, after the days of grace', 'year-end': 'Not before the end of the next year' },
};
