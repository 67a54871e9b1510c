import { spawn, type ChildProcess } from 'node:child_process';

// Reads "+ PID" and "- PID" lines; at the end of its input, however that came about, it kills every process group still listed.
const SCRIPT = `
trap '' HUP INT TERM
groups=' '
while read -r change group; do
  case "$change$groups" in
    +*) groups="$groups$group " ;;
    *" $group "*) groups="\${groups%% $group *} \${groups#* $group }" ;;
  esac
done
for group in $groups; do kill -s KILL -- "-$group" 2>/dev/null; done
`;

/**
 * Makes sure that no container outlives this process, even when it dies by SIGKILL and can clean up nothing: a small shell holds the
 * other end of a pipe, in a session of its own, and kills the listed process groups when the pipe closes.
 */
export class Reaper {
  readonly #shell: ChildProcess;

  constructor() {
    this.#shell = spawn('/bin/sh', ['-c', SCRIPT], {
      stdio: ['pipe', 'ignore', 'ignore'],
      detached: true,
      env: {},
    });
    this.#shell.on('error', () => undefined);
    this.#shell.stdin?.on('error', () => undefined);
    this.#shell.unref();
  }

  watch(group: number): void {
    this.#shell.stdin?.write(`+ ${group}\n`);
  }

  /** Ends a whole process group now. */
  kill(group: number | undefined): void {
    if (group === undefined) return;
    try {
      process.kill(-group, 'SIGKILL');
    } catch {
      // The group is gone already: nothing is left to end.
    }
    this.#shell.stdin?.write(`- ${group}\n`);
  }

  async close(): Promise<void> {
    const { exitCode, signalCode, pid } = this.#shell;
    if (exitCode !== null || signalCode !== null || pid === undefined) return;
    const ended = new Promise((resolve) => this.#shell.once('exit', resolve));
    this.#shell.ref();
    this.#shell.stdin?.end();
    await ended;
  }
}
