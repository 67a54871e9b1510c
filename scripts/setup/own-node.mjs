import { spawn } from 'node:child_process';
import { join } from 'node:path';

const PARENT_CHECK_EVERY_MS = 500;

/**
 * Runs a command with the project's own Node. That is needed at the first run, when npm found only the system's Node. It is also
 * needed where the shell has variables that Node reads as it starts, which is too late to change in this process.
 *
 * @param {string} root
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 */
export function runWithOwnNode(root, args, env) {
  // The program itself: whether it has a link in .bin is a setting of npm's.
  const program = join(root, 'node_modules/node/bin', process.platform === 'win32' ? 'node.exe' : 'node');
  const child = spawn(program, args, { stdio: 'inherit', env });
  child.on('error', (error) => {
    console.error(
      `setup: failed to start ${program}: ${error.message}. Run \`rm -r node_modules\`, and the command again.`,
    );
    process.exitCode = 1;
  });
  // Ctrl-C in a terminal reaches the child by itself; this process only has to wait for it.
  process.on('SIGINT', () => {});
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  if (env.npm_lifecycle_event) onParentEnd(() => child.kill('SIGTERM'));
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? 1;
    if (signal) console.error(`setup: ${args[0]} was ended by ${signal}`);
  });
}

/**
 * An npm that is killed says nothing to what it runs.
 *
 * @param {() => void} callback
 */
function onParentEnd(callback) {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    callback();
  }, PARENT_CHECK_EVERY_MS);
  timer.unref();
}
