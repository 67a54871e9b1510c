import { readFile, readlink, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { holdsSecret } from '@beyond-headers/service-kit/mongodb-uri';

import { PORTS } from './ports.ts';
import { runningSystems } from './run-directory.ts';

const ANNOUNCEMENT = 'system.json';
const ENV_FILE = 'env';

/** Where a running system is, for the commands that go to one. */
export interface Addresses {
  playground: string;
  writer: string;
  jobLauncher: string;
  traces: string;
  otlp: string;
  /** Absent where its address holds a password, which stays where the user keeps it. */
  mongodb?: string;
  mongodbDatabase: string;
}

/** A system that another process runs. */
export interface RunningSystem extends Addresses {
  pid: number;
}

/**
 * Says in the directory of a run where its system is: to commands, and in `envFile` to a shell, which may read it with `.`.
 * Call the returned function when the system has stopped.
 */
export async function announce(
  runPath: string,
  { mongodb, ...addresses }: Required<Addresses>,
  envFile: string,
): Promise<() => Promise<void>> {
  const shown = { ...addresses, ...(!holdsSecret(mongodb) && { mongodb }) };
  const [announcement, env] = [join(runPath, ANNOUNCEMENT), join(runPath, ENV_FILE)];
  // No one else may read them: they lead to data.
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
 * The running system that a command goes to: the one on `WRITER_PORT` where that is set, else the only one, else the one on
 * the usual port. Undefined when there is none; throws with how to choose when there are several and none is usual.
 */
export async function findRunningSystem(
  runsDirectory: string,
  env: NodeJS.ProcessEnv,
): Promise<RunningSystem | undefined> {
  const running = await announcedSystems(runsDirectory);
  const asked = Number(env.WRITER_PORT?.trim() || 0);
  const at = (port: number) => running.find(({ writer }) => Number(new URL(writer).port) === port);
  if (asked > 0) return at(asked);
  if (running.length < 2) return running[0];
  const usual = at(PORTS.writer.fallback);
  if (usual) return usual;
  const choices = running.map(({ writer, pid }) => `WRITER_PORT=${new URL(writer).port} (pid ${pid})`);
  throw new Error(`Several systems are running. Choose one by its variable: ${choices.join(', ')}.`);
}

/** The systems that run now and that commands may go to. */
export async function announcedSystems(runsDirectory: string): Promise<RunningSystem[]> {
  const systems: RunningSystem[] = [];
  for (const { id, pid } of await runningSystems(runsDirectory)) {
    const text = await readFile(join(runsDirectory, id, ANNOUNCEMENT), 'utf8').catch(() => undefined);
    // A system of a test, or one that is about to be ready, announces nothing.
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
