import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import { killGroup } from '@beyond-headers/local-process';
import { ROOT } from '@beyond-headers/local-process/root';

/** The slowest command is a Job that crashes three times, with Kubernetes' backoff in between. */
const BLOCK_TIMEOUT_MS = 180_000;
const DONE = 'block-is-done';

export interface BlockResult {
  /** stdout and stderr, as a terminal shows them. */
  output: string;
  /** The commands that failed, with their exit codes. */
  failures: string[];
}

/** A terminal. Blocks run one after the other in the same shell, in the root of the project. */
export class Shell {
  readonly #bash: ChildProcess;
  readonly #lines: Interface;
  readonly #ended: Promise<unknown>;
  readonly #folder = mkdtempSync(join(tmpdir(), 'docs-shell-'));

  constructor() {
    this.#bash = spawn('bash', ['--noprofile', '--norc'], {
      cwd: ROOT,
      env: readersEnvironment(process.env),
      stdio: ['pipe', 'pipe', 'inherit'],
      // Starts a process group, so that processes that a block left running end with the shell.
      detached: true,
    });
    this.#ended = once(this.#bash, 'exit');
    this.#lines = createInterface({ input: this.#bash.stdout! });
    this.#bash.stdin!.write(`trap 'echo "exit code $?: $BASH_COMMAND" >>${this.#file('failures')}' ERR\n`);
  }

  /** Runs a block. Resolves when its last command has ended, and rejects after three minutes. */
  async run(text: string): Promise<BlockResult> {
    writeFileSync(this.#file('block'), `${text}\n`);
    writeFileSync(this.#file('failures'), '');
    const command = `{ . ${this.#file('block')}; } </dev/null >${this.#file('output')} 2>&1`;
    this.#bash.stdin!.write(`${command}\necho ${DONE}\n`);
    await this.#done(text);
    const failures = readFileSync(this.#file('failures'), 'utf8').split('\n').filter(Boolean);
    return { output: readFileSync(this.#file('output'), 'utf8'), failures };
  }

  async close(): Promise<void> {
    // Ends the whole process group.
    if (this.#bash.pid !== undefined && this.#bash.exitCode === null) killGroup(this.#bash.pid);
    await this.#ended;
    this.#lines.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #done(text: string): Promise<void> {
    const timeout = AbortSignal.timeout(BLOCK_TIMEOUT_MS);
    const ended = this.#ended.then(() => {
      throw new Error(`The block ended the shell:\n${text}`);
    });
    try {
      await Promise.race([once(this.#lines, 'line', { signal: timeout }), ended]);
    } catch (cause) {
      if (!timeout.aborted) throw cause;
      throw new Error(`The block did not end within ${BLOCK_TIMEOUT_MS / 1000} s:\n${text}`, { cause });
    } finally {
      // If the shell ends later, that isn't a failure of this block.
      ended.catch(() => {});
    }
  }

  #file(name: string): string {
    return join(this.#folder, name);
  }
}

/** Removes the variables that npm and the test runner set in this process, because a reader's terminal doesn't have them. */
function readersEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const path = (env['PATH'] ?? '')
    .split(':')
    .filter((folder) => !/\/node_modules\/|node-gyp-bin/.test(folder));
  const own = Object.entries(env).filter(
    ([name]) => !/^(npm_|NODE$|NODE_TEST_|INIT_CWD$|FORCE_COLOR$)/.test(name),
  );
  return { ...Object.fromEntries(own), PATH: path.join(':'), NO_COLOR: '1' };
}
