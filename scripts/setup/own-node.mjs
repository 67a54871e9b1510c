import { spawn } from 'node:child_process';
import { join } from 'node:path';

const PARENT_CHECK_EVERY_MS = 500;

/**
 * Runs a command with the project's own Node. The first run needs this, because npm then starts with the system's Node. It is also
 * needed if the shell sets variables that Node reads at startup, because this process can't change them for itself.
 *
 * @param {string} root
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 */
export function runWithOwnNode(root, args, env) {
  // The program itself, because npm's settings may turn off the links in .bin.
  const program = join(root, 'node_modules/node/bin', process.platform === 'win32' ? 'node.exe' : 'node');
  const child = spawn(program, args, { stdio: 'inherit', env });
  child.on('error', (error) => {
    console.error(
      `setup: failed to start ${program}: ${error.message}. Run \`rm -r node_modules\`, and the command again.`,
    );
    process.exitCode = 1;
  });
  // The terminal sends Ctrl-C to the child too, so this process only has to wait for the child.
  process.on('SIGINT', () => {});
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  if (env.npm_lifecycle_event) onParentEnd(() => child.kill('SIGTERM'));
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? 1;
    if (signal) console.error(`setup: ${args[0]} was ended by ${signal}`);
  });
}

/**
 * Calls back when the parent process has ended. An npm that is killed sends no signal to its child processes.
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
