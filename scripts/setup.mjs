// Installs the locked dependencies if they are missing or differ from the lockfile. Then runs the given file with the project's
// own Node: `node scripts/setup.mjs path/to/main.ts --flag`.
// Plain JavaScript without dependencies, like all its imports, so that it runs on any Node >= 20 before Node 24 is installed.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import module from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { npm } from './setup/npm.mjs';
import { runWithOwnNode } from './setup/own-node.mjs';
import { ownEnvironment } from '../local/process/src/own-environment.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

// The only package whose install script may run. The script downloads the Node.js program for this platform.
const ALLOWED_SCRIPTS = ['node'];

// The system for which the dependencies were installed. It differs if a container uses the folder of its host. npm deletes this file
// when it installs them again.
const SYSTEM_FILE = join(root, 'node_modules/.system');
const SYSTEM = `${process.platform} ${process.arch}`;

try {
  if (!isInstalled()) await install();
  const [file, ...args] = process.argv.slice(2);
  if (file) await run(join(root, file), args);
} catch (error) {
  console.error(`setup: ${error.message}`);
  process.exitCode = 1;
}

function isInstalled() {
  const installed = lockedPackages('node_modules/.package-lock.json');
  const locked = lockedPackages('package-lock.json');
  return (
    existsSync(join(root, 'node_modules/node/bin')) &&
    (!existsSync(SYSTEM_FILE) || readFileSync(SYSTEM_FILE, 'utf8') === SYSTEM) &&
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

async function install() {
  console.error('setup: installing the locked dependencies (about a minute the first time) …');
  await npm(root, 'ci');
  await npm(root, 'rebuild', '--ignore-scripts=false', ...ALLOWED_SCRIPTS);
  writeFileSync(SYSTEM_FILE, SYSTEM);
}

async function run(path, args) {
  const { version } = JSON.parse(readFileSync(join(root, 'node_modules/node/package.json'), 'utf8'));
  const { env, changed, isSame } = ownEnvironment(process.env, 'everywhere');
  if (process.version === `v${version}` && isSame) {
    process.argv = [process.execPath, path, ...args];
    module.enableCompileCache(join(root, '.local/compile-cache'));
    await import(pathToFileURL(path).href);
  } else {
    if (changed.length > 0)
      console.error(`setup: ignoring these variables of your shell: ${changed.join(', ')}`);
    runWithOwnNode(root, [path, ...args], env);
  }
}
