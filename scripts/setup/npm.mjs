import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { noticeSilentNetwork } from './network-notice.mjs';
import { adviceFor } from './npm-advice.mjs';

// Options that override ~/.npmrc: install the whole lockfile in the usual places, and run no install script.
const PINNED = [
  '--include=dev',
  '--include=optional',
  '--include=peer',
  '--ignore-scripts',
  '--bin-links',
  // The dependencies run on the project's own Node.js, which differs from the one that runs npm.
  '--engine-strict=false',
  '--global=false',
  '--location=project',
  '--dry-run=false',
  '--package-lock',
  '--package-lock-only=false',
  '--install-strategy=hoisted',
  '--install-links=false',
  '--legacy-peer-deps=false',
  '--strict-peer-deps=false',
  `--os=${process.platform}`,
  `--cpu=${process.arch}`,
  // `null` unsets a setting.
  '--workspaces=null',
  '--script-shell=null',
  '--node-options=null',
  '--before=null',
  // npm prints the code of an error only at this level or above.
  '--loglevel=error',
];

// Settings of the shell that npm may use: how to reach a registry, and how old a release must be. Others would change what is installed.
const REGISTRY =
  /^npm_config_(\/\/|@|_|registry$|.*proxy$|ca$|cafile$|cert$|key$|strict_ssl$|cache$|.*config$|fetch_|maxsockets$|local_address$|.*offline$|before$|min_release_age)/i;

/**
 * Runs npm with the settings that this project needs. Throws with advice if npm fails.
 *
 * @param {string} root
 * @param {string} command
 * @param {...string} args These override the pinned options.
 */
export async function npm(root, command, ...args) {
  const env = npmEnvironment(process.env);
  const endNotice = noticeSilentNetwork(root, env);
  const child = spawn('npm', [command, ...PINNED, ...args], {
    cwd: root,
    env,
    stdio: ['ignore', 2, 'pipe'],
    shell: process.platform === 'win32',
  });
  let errors = '';
  child.stderr.on('data', (/** @type {Buffer} */ chunk) => {
    errors += chunk.toString();
    process.stderr.write(chunk);
  });
  const status = await once(child, 'close')
    .then(
      ([code, signal]) => code ?? signal,
      (/** @type {Error} */ { message }) => {
        throw new Error(
          `failed to start npm: ${message}. Install npm, which comes with Node.js: https://nodejs.org/en/download.`,
        );
      },
    )
    .finally(endNotice);
  if (status === 0) return;
  throw new Error(
    `failed to install the dependencies: \`npm ${command}\` ended with ${status}.\n${adviceFor(errors, process.env)}`,
  );
}

/**
 * Returns the environment without settings that would change what npm installs.
 *
 * @param {NodeJS.ProcessEnv} env
 */
export function npmEnvironment(env) {
  const kept = Object.entries(env).filter(([name]) => !/^npm_config_/i.test(name) || REGISTRY.test(name));
  return Object.fromEntries(kept);
}
