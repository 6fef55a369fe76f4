export default {
  title: 'Somebody else saved this in the meantime',
  text: 'Compare both versions and choose which of them holds.',
  field: 'Field',
  saved: 'Saved by somebody else',
  yours: 'Yours',
  mine: 'Save mine over it',
  theirs: 'Keep theirs',
  back: 'Back to the form',
};
