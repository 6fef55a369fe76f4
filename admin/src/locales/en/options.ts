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
  },
};
