import { docker, lines } from './docker.ts';

/** The part of `docker inspect` that the tests check. */
export interface Container {
  Id: string;
  State: { Status: string; ExitCode: number };
  Config: { User: string; Labels: Record<string, string> };
  /** An anonymous volume has 64 hexadecimal digits as its name. */
  Mounts: Array<{ Name?: string; Destination: string }>;
}

/** Returns the containers that have all of these labels, including those that have ended. */
export async function findContainers(labels: Record<string, string>): Promise<Container[]> {
  const filters = Object.entries(labels).flatMap(([key, value]) => ['--filter', `label=${key}=${value}`]);
  const ids = lines(await docker(['ps', '--all', '--quiet', '--no-trunc', ...filters]));
  return ids.length === 0 ? [] : (JSON.parse(await docker(['inspect', ...ids])) as Container[]);
}

export const serviceOf = ({ Config }: Container): string => Config.Labels['com.docker.compose.service'] ?? '';
