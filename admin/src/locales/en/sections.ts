export default {
  identity: 'Identity',
  membership: 'Membership',
  consent: 'Consent',
  note: 'Note',
  price: 'Price and tax',
  selling: 'Selling',
  contact: 'Contact and receipt',
  moneyAndTime: 'Money and time',
  work: 'Work',
  more: 'More',
};
