// Installs the locked dependencies when they are missing or differ from the lockfile, then runs the file given as
// argument with the project's own Node: `node scripts/setup.mjs path/to/main.ts --flag`.
// Plain JavaScript without dependencies: beside help.mjs it is the one file that runs on any Node >= 20, before Node 24 is there.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

// The one package whose install script is allowed: it fetches the Node.js program for this platform.
const ALLOWED_SCRIPTS = ['node'];

if (!isInstalled()) install();
const [file, ...args] = process.argv.slice(2);
if (file) await run(join(root, file), args);

function isInstalled() {
  const installed = lockedPackages('node_modules/.package-lock.json');
  const locked = lockedPackages('package-lock.json');
  return (
    existsSync(join(root, 'node_modules/node/bin')) &&
    Object.entries(locked).every(
      ([path, { version, optional, link }]) =>
        path === '' || link || installed[path]?.version === version || (optional && !installed[path]),
    )
  );
}

function lockedPackages(file) {
  const path = join(root, file);
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')).packages : {};
}

function install() {
  console.error('setup: installing the locked dependencies (about a minute the first time) …');
  npm('ci', '--include=dev', '--ignore-scripts');
  npm('rebuild', '--ignore-scripts=false', ...ALLOWED_SCRIPTS);
}

function npm(...args) {
  const { status, error } = spawnSync('npm', args, {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (status === 0) return;
  console.error(
    `setup: failed to install: \`npm ${args.join(' ')}\` ended with ${error?.message ?? `exit code ${status}`}.\n` +
      'Expected a package registry within reach. Check the network and `npm config get registry`, then run the command again.',
  );
  process.exit(1);
}

async function run(path, args) {
  const { version } = JSON.parse(readFileSync(join(root, 'node_modules/node/package.json'), 'utf8'));
  if (process.version === `v${version}`) {
    process.argv = [process.execPath, path, ...args];
    await import(pathToFileURL(path).href);
  } else {
    runWithOwnNode([path, ...args]);
  }
}

// Happens at the first run: npm found only the system's Node, and a shell would go on using that one.
function runWithOwnNode(args) {
  const child = spawn(join(root, 'node_modules/.bin/node'), args, {
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  // Ctrl-C in a terminal reaches the child by itself; this process only has to wait for it.
  process.on('SIGINT', () => {});
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? 1;
    if (signal) console.error(`setup: ${args[0]} was ended by ${signal}`);
  });
}
