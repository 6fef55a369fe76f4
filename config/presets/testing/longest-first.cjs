const Sequencer = require('@jest/test-sequencer').default;

/** By what they cost, in the order in which they should start; a long one that starts last keeps the other worker idle. */
const LONG = [
  'checkout/tests/kill',
  'e2e/back-office-walk',
  'cms/tests/launch',
  'e2e/roles',
  'e2e/back-office.',
  'cms/tests/dev',
];

const rankOf = ({ path }) => {
  const rank = LONG.findIndex((part) => path.includes(part));
  return rank < 0 ? LONG.length : rank;
};

/** Jest knows how long a file took from its cache; a fresh clone has none and would go by the size of the file. */
module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    return [...super.sort(tests)].sort((one, other) => rankOf(one) - rankOf(other));
  }
};
