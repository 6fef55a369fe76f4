export default {
  title: 'Till',
};
