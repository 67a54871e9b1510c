/** What is known of this machine; what could not be found out is undefined, and then nothing is said of it. */
export interface Facts {
  /** `20.11.1`: the Node.js that npm runs with. */
  nodeVersion: string | undefined;
  docker: DockerState;
  /** `2.40.3`; undefined without the Compose plugin. */
  composeVersion: string | undefined;
  /** Ports that the chosen way of running wants. */
  ports: PortFact[];
  /** The systems that `npm start` runs here. */
  systems: SystemFact[];
  kubernetes: KubernetesFact | undefined;
  /** Names of the project's volumes that exist. */
  volumes: string[];
  /** The project's containers, those that have ended too. */
  containers: ContainerFact[];
  /** `x64`, `arm64`, … */
  architecture: string;
  /** `avx` of an x64, `dcpop` of an arm64 and the like; undefined where the system does not say. */
  cpuFlags: string[] | undefined;
  /** Free bytes where the engine keeps its images, when that is on this machine. */
  freeDiskBytes: number | undefined;
  /** From `.env` and the shell. */
  settings: { profiles: string[]; mongoImage: string; k3sCgroup: string };
}

export interface PortFact {
  /** The variable that changes it. */
  name: string;
  port: number;
  /** `start`: a system of `npm start` holds it. */
  state: 'free' | 'taken' | 'ours' | 'start';
}

export interface SystemFact {
  pid: number;
  playground: string;
  /** The parts that do not answer or are not ready, each with its address. */
  silent: string[];
}

export interface KubernetesFact {
  hasKubectl: boolean;
  hasTilt: boolean;
  /** Of kubectl; undefined where none is chosen. */
  context: string | undefined;
  /** Whether the cluster of the context answers. */
  answers: boolean;
}

export interface ContainerFact {
  /** `beyond-headers-writer-1` */
  name: string;
  /** `running`, `exited`, … */
  state: string;
  exitCode: number;
  /** How often the engine started it again because it had ended. */
  restarts: number;
  /** Empty without a healthcheck. */
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
  /** Whether root in a container is somebody else outside (userns-remap). */
  remapsUsers: boolean;
  /** `Docker Desktop`, `OrbStack`, `Debian GNU/Linux 12 (bookworm)` */
  system: string;
}
