export default {
  services: { ledger: () => ({}) },
};
