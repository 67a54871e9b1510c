import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { isNetworkFailure } from './npm-advice.mjs';

const QUIET_MS = 10_000;

/**
 * Prints a line if npm has run for 10 s and the registry doesn't respond. npm itself retries for a minute without any output.
 *
 * @param {string} root
 * @param {NodeJS.ProcessEnv} env
 * @returns {() => void} Cancels the check. Call it when npm has ended.
 */
export function noticeSilentNetwork(root, env) {
  const ended = new AbortController();
  const timer = setTimeout(() => void ask(root, env, ended.signal), QUIET_MS);
  return () => {
    clearTimeout(timer);
    ended.abort();
  };
}

/**
 * @param {string} root
 * @param {NodeJS.ProcessEnv} env
 * @param {AbortSignal} signal
 */
async function ask(root, env, signal) {
  const args = ['ping', '--fetch-retries=0', '--fetch-timeout=5000', '--loglevel=error'];
  const stdio = /** @type {const} */ (['ignore', 'ignore', 'pipe']);
  const child = spawn('npm', args, { cwd: root, env, stdio, signal, shell: process.platform === 'win32' });
  let errors = '';
  child.stderr.on('data', (/** @type {Buffer} */ chunk) => (errors += chunk.toString()));
  // Ignores errors: npm was aborted, or failed to start, which the caller reports.
  await once(child, 'close').catch(() => {});
  if (!signal.aborted && isNetworkFailure(errors))
    console.error(
      'setup: the package registry does not answer. npm tries again for a minute; Ctrl-C ends it.',
    );
}
