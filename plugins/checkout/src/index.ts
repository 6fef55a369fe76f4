export default {
  services: { checkout: () => ({}) },
};
