import type { ContainerFact, DockerState, Engine } from './facts.ts';
import { runProgram } from './run-program.ts';

const CONTAINER_FORMAT =
  '{{.Name}} {{.State.Status}} {{.State.ExitCode}} {{.RestartCount}} {{with .State.Health}}{{.Status}}{{end}}';

interface Info {
  ServerVersion?: string;
  ServerErrors?: string[];
  MemTotal?: number;
  CgroupVersion?: string;
  SecurityOptions?: string[];
  OperatingSystem?: string;
  DockerRootDir?: string;
}

/** Runs `docker`. Never rejects. */
export const runDocker = (...args: string[]) => runProgram('docker', ...args);

export async function dockerState(): Promise<{ docker: DockerState; rootDirectory: string | undefined }> {
  const ran = await runDocker('info', '--format', '{{json .}}');
  if (!ran.found) return { docker: { state: 'missing' }, rootDirectory: undefined };
  const info = parse(ran.stdout);
  if (info.ServerVersion) {
    return { docker: { state: 'ready', engine: engineOf(info) }, rootDirectory: info.DockerRootDir };
  }
  const message = (info.ServerErrors?.join(' ') ?? ran.stderr.trim()) || 'docker info says nothing';
  const docker: DockerState = /permission denied/i.test(message)
    ? { state: 'forbidden' }
    : { state: 'unreachable', message };
  return { docker, rootDirectory: undefined };
}

function engineOf(info: Info): Engine {
  const { CgroupVersion: cgroup, SecurityOptions: options = [] } = info;
  return {
    version: info.ServerVersion ?? '',
    memoryBytes: info.MemTotal ?? Number.POSITIVE_INFINITY,
    cgroupVersion: cgroup === '1' || cgroup === '2' ? cgroup : undefined,
    isRootless: options.some((option) => option.includes('name=rootless')),
    remapsUsers: options.some((option) => option.includes('name=userns')),
    system: info.OperatingSystem ?? '',
  };
}

/** Returns the ports of this machine that the demo's containers publish. */
export async function ownPorts(project: string): Promise<number[]> {
  const { stdout } = await runDocker('ps', '--filter', labelOf(project), '--format', '{{.Ports}}');
  return [...stdout.matchAll(/:(\d+)->/g)].map(([, port]) => Number(port));
}

export async function projectVolumes(project: string): Promise<string[]> {
  const { stdout } = await runDocker('volume', 'ls', '--filter', labelOf(project), '--format', '{{.Name}}');
  return stdout.split('\n').filter(Boolean);
}

export async function projectContainers(project: string): Promise<ContainerFact[]> {
  const listed = await runDocker('ps', '--all', '--quiet', '--filter', labelOf(project));
  const ids = listed.stdout.split('\n').filter(Boolean);
  if (ids.length === 0) return [];
  const { stdout } = await runDocker('inspect', '--format', CONTAINER_FORMAT, ...ids);
  return stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => line.split(' '))
    .map(([name = '', state = '', exitCode, restarts, health = '']) => ({
      name: name.replace(/^\//, ''),
      state,
      exitCode: Number(exitCode),
      restarts: Number(restarts),
      health,
    }));
}

const labelOf = (project: string): string => `label=com.docker.compose.project=${project}`;

function parse(json: string): Info {
  try {
    return JSON.parse(json) as Info;
  } catch {
    return {};
  }
}
