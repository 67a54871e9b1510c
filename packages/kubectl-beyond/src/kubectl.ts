import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** The failure of a kubectl command, with its stderr and exit code. */
export class KubectlError extends Error {
  override name = 'KubectlError';
  readonly exitCode: number;

  constructor(said: string, exitCode: number) {
    super(said);
    this.exitCode = exitCode;
  }
}

/** A manifest may be as large as the API server accepts, and a list of pods larger. */
const MAX_OUTPUT_BYTES = 256 * 2 ** 20;

/** Returns the stdout of a kubectl command. Rejects with a {@link KubectlError}. */
export async function kubectl(args: readonly string[], input?: string): Promise<string> {
  const running = promisify(execFile)('kubectl', args, { maxBuffer: MAX_OUTPUT_BYTES });
  // A command that fails immediately doesn't read its input.
  running.child.stdin?.on('error', () => undefined).end(input);
  try {
    return (await running).stdout;
  } catch (error) {
    const { code, stderr, message } = error as { code?: unknown; stderr?: string; message: string };
    const said = code === 'ENOENT' ? 'kubectl is not on the PATH.' : stderr?.trim() || message.trim();
    throw new KubectlError(said, typeof code === 'number' ? code : 1);
  }
}
