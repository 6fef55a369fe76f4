export default {
  services: { imports: () => ({}) },
};
