export default {
  services: { backoffice: () => ({}) },
};
