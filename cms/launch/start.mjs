// `npm start`, and the commands beside it. Plain JavaScript that an old Node can still read, on Node's own modules:
// it runs on a clone where nothing is installed.
const OLDEST = [20, 19];

const version = process.versions.node;
const [major, minor] = version.split('.').map(Number);
if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])) {
  console.error(
    `Tessera needs Node ${OLDEST.join('.')} or newer and this is ${version}: install a newer one from https://nodejs.org`,
  );
  process.exit(1);
}

const [command = 'start', ...args] = process.argv.slice(2);

import('./prepare/prepare.mjs')
  .then(({ prepare }) => prepare(command))
  .then((entry) => import(entry))
  .then(({ main }) => main(args))
  .catch((error) => {
    // Preparing says in one line what failed; a stack trace is for whoever asks for it.
    console.error(process.env.LOG_LEVEL === 'debug' ? error : error.message);
    process.exit(1);
  });
