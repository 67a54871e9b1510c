import { execFile } from 'node:child_process';

/** The failure of a kubectl command, with its stderr and exit code. */
export class KubectlError extends Error {
  override name = 'KubectlError';
  readonly exitCode: number;

  constructor(args: readonly string[], said: string, exitCode: number) {
    super(said.trim() || `kubectl ${args.join(' ')} ended with ${exitCode}.`);
    this.exitCode = exitCode;
  }
}

/** A manifest may be as large as the API server accepts, and a list of pods larger. */
const MAX_OUTPUT_BYTES = 256 * 2 ** 20;

/** Returns the stdout of a kubectl command. Rejects with a {@link KubectlError}. */
export function kubectl(args: readonly string[], input?: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = execFile('kubectl', args, { maxBuffer: MAX_OUTPUT_BYTES }, (error, stdout, stderr) => {
      if (!error) return resolve(stdout);
      const said =
        (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'kubectl is not on the PATH.' : stderr;
      reject(new KubectlError(args, said || error.message, typeof error.code === 'number' ? error.code : 1));
    });
    // A command that fails immediately doesn't read its input.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(input);
  });
}
