import { readFile, readlink, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { holdsSecret } from '@beyond-headers/service-kit/mongodb-uri';

import { PORTS, readPort } from './ports.ts';
import { runningSystems } from './run-directory.ts';

const ANNOUNCEMENT = 'system.json';
const ENV_FILE = 'env';

/** The addresses of a running system, for commands that use it. */
export interface Addresses {
  playground: string;
  writer: string;
  jobLauncher: string;
  traces: string;
  otlp: string;
  /** Absent if the address contains a password, which must not be written to a file. */
  mongodb?: string;
  mongodbDatabase: string;
}

/** A system that another process runs. */
export interface RunningSystem extends Addresses {
  pid: number;
}

/**
 * Writes the addresses of a system into the directory of its run: for commands, and for a shell that sources `envFile`. Call the
 * returned function when the system stops.
 */
export async function announce(
  runPath: string,
  { mongodb, ...addresses }: Required<Addresses>,
  envFile: string,
): Promise<() => Promise<void>> {
  const shown = { ...addresses, ...(!holdsSecret(mongodb) && { mongodb }) };
  const [announcement, env] = [join(runPath, ANNOUNCEMENT), join(runPath, ENV_FILE)];
  // Only the owner may read these files, because they give access to data.
  await writeFile(announcement, JSON.stringify(shown), { mode: 0o600 });
  await writeFile(env, toShell(shown), { mode: 0o600 });
  await rm(envFile, { force: true });
  await symlink(env, envFile);
  return async () => {
    const isOurs = (await readlink(envFile).catch(() => undefined)) === env;
    for (const file of [announcement, env, ...(isOurs ? [envFile] : [])]) await rm(file, { force: true });
  };
}

/**
 * Returns the running system that a command uses: the one on `WRITER_PORT` if that is set, else the only one, else the one on the
 * default port. Returns undefined if none matches. Throws an error that lists the choices if several run and none has the default
 * port, or if `WRITER_PORT` is not a port.
 */
export async function findRunningSystem(
  runsDirectory: string,
  env: NodeJS.ProcessEnv,
): Promise<RunningSystem | undefined> {
  const running = await announcedSystems(runsDirectory);
  const asked = env.WRITER_PORT?.trim() ? readPort('writer', env) : 0;
  const at = (port: number) => running.find(({ writer }) => Number(new URL(writer).port) === port);
  if (asked > 0) return at(asked);
  if (running.length < 2) return running[0];
  const usual = at(PORTS.writer.fallback);
  if (usual) return usual;
  throw new Error(`Several systems are running. Choose one by its variable: ${choicesOf(running)}.`);
}

/** Returns a sentence for a user if {@link findRunningSystem} found no system. It names the systems that run on other ports. */
export async function explainNoSystem(runsDirectory: string, env: NodeJS.ProcessEnv): Promise<string> {
  const asked = env.WRITER_PORT?.trim();
  const running = await announcedSystems(runsDirectory);
  const others = running.length > 0 ? `, but with ${choicesOf(running)}` : '';
  return `npm start does not run${asked ? ` with WRITER_PORT=${asked}` : ''}${others}.`;
}

const choicesOf = (running: readonly RunningSystem[]): string =>
  running.map(({ writer, pid }) => `WRITER_PORT=${new URL(writer).port} (pid ${pid})`).join(', ');

/** Returns the running systems that commands can use. */
export async function announcedSystems(runsDirectory: string): Promise<RunningSystem[]> {
  const systems: RunningSystem[] = [];
  for (const { id, pid } of await runningSystems(runsDirectory)) {
    const text = await readFile(join(runsDirectory, id, ANNOUNCEMENT), 'utf8').catch(() => undefined);
    // A system that a test started, or that is not ready yet, announces nothing.
    if (text !== undefined) systems.push({ ...(JSON.parse(text) as Addresses), pid });
  }
  return systems;
}

function toShell({ mongodb, mongodbDatabase, otlp }: Addresses): string {
  const variables = {
    ...(mongodb !== undefined && { MONGODB_URI: mongodb }),
    MONGODB_DATABASE: mongodbDatabase,
    OTEL_EXPORTER_OTLP_ENDPOINT: otlp,
  };
  const lines = Object.entries(variables).map(
    ([name, value]) => `export ${name}='${value.replaceAll("'", '%27')}'\n`,
  );
  return lines.join('');
}
