export default {
  button: 'Export',
  title: 'Take this list along as a file',
  about:
    'Rows: {{rows}}, as the list is filtered and sorted now, with the fields that you may see. What is masked for you stays masked.',
  format: 'Format',
  reason: 'What it is for',
  reasonExample: 'For example: birthday letters for May',
  reasonMissing: 'Say what the file is for.',
  recorded:
    'The trail will say who took how many rows, with which filter and fields, when and what for. Your name, the time and the reason also stand in the file.',
  download: 'Write it down and download',
};
