import { docker, lines } from './docker.ts';

/** The part of a container's state that the tests check. */
export interface Container {
  id: string;
  service: string;
  /** `running`, `exited`, … */
  state: string;
  exitCode: number;
  /** The user that the container was started with, as `uid:gid`. */
  user: string;
  env: string[];
  mounts: Mount[];
}

export interface Mount {
  type: string;
  /** The name of the volume. An anonymous volume has 64 hexadecimal digits. */
  name: string;
  destination: string;
}

interface Inspected {
  Id: string;
  State: { Status: string; ExitCode: number };
  Config: { User: string; Env: string[] | null; Labels: Record<string, string> };
  Mounts: Array<{ Type: string; Name?: string; Destination: string }>;
}

/** Returns the containers that have all of these labels, including those that have ended. */
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
