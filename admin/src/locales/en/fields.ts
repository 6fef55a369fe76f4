export default {
  masked: 'Masked: your role does not show this',
  unnamed: 'not shown to you',
  archived: 'Archived',
  archivedOnly: 'Only archived',
  yes: 'Yes',
  no: 'No',
  image: 'Image',
  minutes: '{{count}} min',
  minuteUnit: 'min',
  choose: 'Choose',
  nothingFound: 'Nothing found',
};
