/** The facts about this machine. A fact that can't be determined is undefined, and the checks then skip it. */
export interface Facts {
  /** The version of Node.js that npm runs with, for example `20.11.1`. */
  nodeVersion: string | undefined;
  docker: DockerState;
  /** For example `2.40.3`. Undefined without the Compose plugin. */
  composeVersion: string | undefined;
  /** Ports that the chosen way of running needs. */
  ports: PortFact[];
  /** The systems that `npm start` runs on this machine. */
  systems: SystemFact[];
  kubernetes: KubernetesFact | undefined;
  /** Names of the project's volumes that exist. */
  volumes: string[];
  /** The project's containers, including those that have ended. */
  containers: ContainerFact[];
  /** `x64`, `arm64`, … */
  architecture: string;
  /** CPU features, for example `avx` on x64 or `dcpop` on arm64. Undefined if the system doesn't list them. */
  cpuFlags: string[] | undefined;
  /** Free bytes on the disk that holds the engine's images, if that disk is on this machine. */
  freeDiskBytes: number | undefined;
  /** Settings from `.env` and the shell. */
  settings: { profiles: string[]; mongoImage: string; k3sCgroup: string };
}

export interface PortFact {
  /** The variable that sets the port. */
  name: string;
  port: number;
  /** `ours`: a container of the demo holds the port. `start`: a system of `npm start` holds it. */
  state: 'free' | 'taken' | 'ours' | 'start';
}

export interface SystemFact {
  pid: number;
  playground: string;
  /** The parts that don't respond or aren't ready, each with its address. */
  silent: string[];
}

export interface KubernetesFact {
  hasKubectl: boolean;
  hasTilt: boolean;
  /** The current context of kubectl. Undefined if none is set. */
  context: string | undefined;
  /** Whether the context's cluster responds. */
  answers: boolean;
}

export interface ContainerFact {
  /** `beyond-headers-writer-1` */
  name: string;
  /** `running`, `exited`, … */
  state: string;
  exitCode: number;
  /** How often the engine has restarted it after it ended. */
  restarts: number;
  /** The health status. Empty without a healthcheck. */
  health: string;
}

export type DockerState =
  | { state: 'missing' }
  | { state: 'unreachable'; message: string }
  | { state: 'forbidden' }
  | { state: 'ready'; engine: Engine };

export interface Engine {
  /** `28.5.2` */
  version: string;
  memoryBytes: number;
  cgroupVersion: '1' | '2' | undefined;
  isRootless: boolean;
  /** Whether root in a container is another user on the host (userns-remap). */
  remapsUsers: boolean;
  /** `Docker Desktop`, `OrbStack`, `Debian GNU/Linux 12 (bookworm)` */
  system: string;
}
