import { spawn } from 'node:child_process';
import { existsSync, readdirSync, watch } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './prepare/root.mjs';
import { writeStamp } from './prepare/stamps.mjs';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];
const program = (path) => join(ROOT, 'node_modules', path);
const SERVE = `require(${JSON.stringify(join(ROOT, 'cms/dist/launch/main.js'))}).main()`;

/** Changes that come together (a save of all files, a checkout) make one restart. */
const SETTLE_MS = 200;

function say(line) {
  console.log(`• ${line}`);
}

function run(args, options = {}) {
  const child = spawn(process.execPath, args, { cwd: ROOT, stdio: ['pipe', 'inherit', 'inherit'], ...options });
  child.ended = new Promise((done) => child.once('close', (code, signal) => done(signal ?? code)));
  return child;
}

function end(child) {
  child?.kill('SIGTERM');
  return child?.ended;
}

/** Exactly what `npm start` serves, as a process that can be replaced; it stops the embedded database when it ends. */
function createServer() {
  let server;
  let isStopping = false;
  let timer;
  let turn = Promise.resolve();

  async function replace() {
    const replaced = server;
    server = undefined;
    await end(replaced);
    if (isStopping) return;
    const started = run(['-e', SERVE]);
    server = started;
    void started.ended.then((reason) => {
      if (server !== started || isStopping) return;
      server = undefined;
      say(`The server ended (${reason}): see above; the next change starts it again`);
    });
  }
  return {
    restart() {
      clearTimeout(timer);
      timer = setTimeout(() => (turn = turn.then(replace)), SETTLE_MS);
    },
    async stop() {
      isStopping = true;
      clearTimeout(timer);
      await turn;
      await end(server);
    },
  };
}

/**
 * Compiles again after every change and shows what tsc says. It also writes what does not pass its checks, so nothing is
 * restarted before all of it does.
 */
function watchSources(onCompiled) {
  const compiler = run([program('typescript/bin/tsc'), '-b', '-w', '--preserveWatchOutput', '--pretty'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  compiler.stdout.setEncoding('utf8').on('data', (text) => {
    process.stdout.write(text);
    const found = /Found (\d+) errors?\./.exec(text);
    if (found) onCompiled(Number(found[1]));
  });
  return compiler;
}

/** What the server reads at its start and no compiler knows: migrations, role templates, the demo store. */
function watchData(onChange) {
  const plugins = readdirSync(join(ROOT, 'plugins')).map((name) => join('plugins', name, 'src'));
  for (const folder of ['config', ...plugins].filter((path) => existsSync(join(ROOT, path)))) {
    watch(join(ROOT, folder), { recursive: true }, (_event, name) => {
      if (/\.(sql|ya?ml)$/.test(name ?? '')) onChange();
    });
  }
}

function serverAddress() {
  const envFile = process.env.ENV_PATH ?? join(ROOT, '.env');
  if (existsSync(envFile)) process.loadEnvFile(envFile);
  const { HOST = '127.0.0.1', PORT = '1337' } = process.env;
  return `http://${HOST === '0.0.0.0' ? '127.0.0.1' : HOST}:${PORT}`;
}

/**
 * `npm run dev`: the panel from Vite, which replaces changed modules in the open page; the server of `npm start`, started
 * again when what it is made of has changed and passes the compiler. Ends with 0 when it was asked to stop.
 */
export async function main() {
  // What is compiled from now on is not what `npm start` built last: it has to look for itself.
  writeStamp('server', undefined);
  const server = createServer();
  let isClean = false;
  const compiler = watchSources((errors) => {
    isClean = errors === 0;
    if (isClean) server.restart();
    else say('The server stays as it is until the errors above are mended');
  });
  watchData(() => isClean && server.restart());
  const panel = run([program('vite/bin/vite.js'), '--clearScreen', 'false'], {
    cwd: join(ROOT, 'admin'),
    env: { ...process.env, TESSERA_SERVER: serverAddress() },
  });

  let isStopping = false;
  async function stop(exitCode) {
    if (isStopping) return;
    isStopping = true;
    await Promise.all([server.stop(), end(compiler), end(panel)]);
    process.exit(exitCode);
  }
  for (const signal of SIGNALS) process.on(signal, () => void stop(0));
  for (const [name, child] of Object.entries({ 'The compiler': compiler, Vite: panel })) {
    void child.ended.then((reason) => {
      if (!isStopping) say(`${name} ended (${reason}): nothing is watched any more, start again`);
      return stop(1);
    });
  }
}
