import { parseEnv } from 'node:util';
import { outputOf, readText, run } from '../../support/run.ts';

/** Standard output of a docker command; rejects with what it said on standard error. */
export const docker = (args: string[], env?: NodeJS.ProcessEnv): Promise<string> =>
  run('docker', args, { env });

/** Standard error too, where warnings go. */
export const dockerWithWarnings = (args: string[], env?: NodeJS.ProcessEnv) =>
  outputOf('docker', args, { env });

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
  return parseEnv(await readText('.env'));
}
