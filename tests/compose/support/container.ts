import { docker, lines } from './docker.ts';

/** What the tests look at of a container. */
export interface Container {
  id: string;
  service: string;
  /** `running`, `exited`, … */
  state: string;
  exitCode: number;
  /** As it was started; `uid:gid`. */
  user: string;
  env: string[];
  mounts: Mount[];
}

export interface Mount {
  type: string;
  /** Of a volume; one without a given name has 64 hexadecimal digits. */
  name: string;
  destination: string;
}

interface Inspected {
  Id: string;
  State: { Status: string; ExitCode: number };
  Config: { User: string; Env: string[] | null; Labels: Record<string, string> };
  Mounts: Array<{ Type: string; Name?: string; Destination: string }>;
}

/** Those that have all of these labels, ended ones included. */
export async function findContainers(labels: Record<string, string>): Promise<Container[]> {
  const filters = Object.entries(labels).flatMap(([key, value]) => ['--filter', `label=${key}=${value}`]);
  const ids = lines(await docker(['ps', '--all', '--quiet', '--no-trunc', ...filters]));
  if (ids.length === 0) return [];
  const inspected = JSON.parse(await docker(['inspect', ...ids])) as Inspected[];
  return inspected.map(({ Id, State, Config, Mounts }) => ({
    id: Id,
    service: Config.Labels['com.docker.compose.service'] ?? '',
    state: State.Status,
    exitCode: State.ExitCode,
    user: Config.User,
    env: Config.Env ?? [],
    mounts: Mounts.map(({ Type, Name = '', Destination }) => ({
      type: Type,
      name: Name,
      destination: Destination,
    })),
  }));
}
