export default {
  action: 'Archive',
  restore: 'Restore',
  title: 'Archive {{title}}?',
  text: 'It is taken out of use and out of the lists. Its history stays, and it can be restored.',
  restoreTitle: 'Restore {{title}}?',
  restoreText: 'It can be used again and stands in the lists.',
  failed: 'Nothing was changed',
};
