export default {
  success: 'Done',
  error: 'Not done',
  createSuccess: 'Created',
  createError: 'Not created',
  editSuccess: 'Saved',
  editError: 'Not saved',
  deleteSuccess: 'Archived',
  deleteError: 'Not archived',
};
