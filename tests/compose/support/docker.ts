import { parseEnv } from 'node:util';
import { readText, run } from '../../support/run.ts';

/** Returns the stdout of a docker command. Rejects with its stderr. */
export const docker = (args: string[], env?: NodeJS.ProcessEnv): Promise<string> =>
  run('docker', args, { env });

/** Returns why Docker Compose can't run here, in a sentence. Returns undefined if it can. */
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

/** Returns the settings in `.env`. */
export async function settings(): Promise<NodeJS.Dict<string>> {
  return parseEnv(await readText('.env'));
}
