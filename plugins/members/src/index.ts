export default {
  services: { members: () => ({}) },
};
