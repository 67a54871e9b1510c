// Installs the locked dependencies when they are missing or differ from the lockfile.
// Plain JavaScript without dependencies: it is the one file that runs on any Node >= 20, before Node 24 is there.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const stamp = join(root, 'node_modules', '.installed-lockfile');
const lockfile = createHash('sha256')
  .update(readFileSync(join(root, 'package-lock.json')))
  .digest('hex');

// The one package whose install script is allowed: it fetches the Node.js program for this platform.
const ALLOWED_SCRIPTS = ['node'];

if (!isInstalled()) install();

function isInstalled() {
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === lockfile;
}

function install() {
  console.error('setup: installing the locked dependencies (about a minute the first time) …');
  npm('ci', '--include=dev', '--ignore-scripts');
  npm('rebuild', '--ignore-scripts=false', ...ALLOWED_SCRIPTS);
  writeFileSync(stamp, lockfile);
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
