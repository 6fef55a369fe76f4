export default {
  placeholder: 'Where to?',
  goTo: 'Go to {{screen}}',
  create: 'New: {{screen}}',
  signOut: 'Sign out',
  theme: 'Light or dark',
  language: 'Switch language',
  nothing: 'Nothing found',
  keys: {
    palette: 'Open the palette',
    search: 'Search the list',
    rows: 'Walk the rows',
    open: 'Open the row',
    help: 'This help',
    escape: 'Close',
  },
};
