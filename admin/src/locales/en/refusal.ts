export default {
  title: 'Not permitted: {{act}}',
  separator: ', ',
  granted: 'One of your roles holds it.',
  no_grant: 'None of your roles holds this permission.',
  not_valid_now: 'A role of yours holds it, but not at this time.',
  outside_scope: 'Your roles hold it for other stores only.',
  not_own_record: 'Your roles hold it for your own records only.',
  field_hidden: 'It needs a field that your roles do not show.',
  field_read_only: 'It changes a field that your roles only let you read.',
  above_limit: 'It is above the limit of your roles.',
};
