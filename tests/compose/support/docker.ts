import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseEnv, promisify } from 'node:util';

const run = promisify(execFile);
export const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const MAX_OUTPUT_BYTES = 64 * 2 ** 20;

/** Standard output of a docker command; rejects with what it said on standard error. */
export async function docker(args: string[], env: NodeJS.ProcessEnv = {}): Promise<string> {
  const options = { cwd: ROOT, env: { ...process.env, ...env }, maxBuffer: MAX_OUTPUT_BYTES };
  const { stdout } = await run('docker', args, options);
  return stdout;
}

/** Standard error too, where warnings go. */
export async function dockerWithWarnings(args: string[], env: NodeJS.ProcessEnv = {}) {
  const options = { cwd: ROOT, env: { ...process.env, ...env }, maxBuffer: MAX_OUTPUT_BYTES };
  return run('docker', args, options);
}

/** Why nothing of this can run here, in a sentence; undefined where it can. */
export async function whyNoCompose(): Promise<string | undefined> {
  try {
    await docker(['compose', 'version']);
    await docker(['version', '--format', '{{.Server.Version}}']);
    return undefined;
  } catch (error) {
    return `Docker says: ${error instanceof Error ? (error.message.split('\n')[1] ?? error.message) : String(error)}`;
  }
}

export const lines = (text: string): string[] => text.split('\n').filter(Boolean);

/** What `.env` says. */
export async function settings(): Promise<NodeJS.Dict<string>> {
  return parseEnv(await readFile(`${ROOT}.env`, 'utf8'));
}
