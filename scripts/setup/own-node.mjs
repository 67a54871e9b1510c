import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
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
  const child = start(program, args, env);
  child.on('error', (error) => {
    console.error(`setup: ${explain(error, program)}`);
    process.exitCode = 1;
  });
  // On Ctrl-C, the terminal signals the child too. The child ignores the second signal, as it ignores the one that npm forwards.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  if (env.npm_lifecycle_event) onParentEnd(() => child.kill('SIGTERM'));
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? 1;
    if (signal) console.error(`setup: ${args[0]} was ended by ${signal}`);
  });
}

/**
 * Node reports a few errors of a start as an event, and throws the others.
 *
 * @param {string} program
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 */
function start(program, args, env) {
  try {
    return spawn(program, args, { stdio: 'inherit', env });
  } catch (error) {
    throw new Error(explain(/** @type {Error} */ (error), program), { cause: error });
  }
}

/**
 * @param {NodeJS.ErrnoException} error
 * @param {string} program
 */
function explain({ code, message }, program) {
  const lacksLoader = code === 'ENOENT' && existsSync(program);
  const advice = lacksLoader
    ? 'It needs glibc, which Alpine Linux does not have. Use another Linux, or Docker: `docker compose up --build --wait`.'
    : 'Run `rm -r node_modules`, and the command again.';
  return `failed to start ${program}: ${message}. ${advice}`;
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
