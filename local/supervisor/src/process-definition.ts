import type { Ports } from './ports.ts';

/** One process of the local system. */
export interface ProcessDefinition {
  name: string;
  /** Arguments for node. */
  args: string[];
  cwd: string;
  /** Added to the supervisor's environment. An undefined value removes the variable. */
  env: NodeJS.ProcessEnv;
  /** Answers 200 when the process is ready. */
  readyUrl: string;
  /** Called each time the process has become ready, before the processes that await it start. */
  onReady?: () => Promise<void>;
  /** Names of the processes that this one uses. They stop only after it. */
  uses: string[];
  /** The used processes that must be ready before this one starts. Default: all of them. */
  awaits?: string[];
}

/** The addresses and paths from which the table of processes is made. */
export interface SystemContext {
  ports: Ports;
  mongodbUri: string;
  mongodbDatabase: string;
  /** Path of the file that the cluster writes for kubectl and the job-launcher. */
  kubeconfig: string;
  /** Directory in which services keep spans until they are delivered, so that a trace also shows the spans that a crash cut off. */
  journals: string;
}

/** Node.js options that load telemetry into a process. */
export const PRELOAD = ['--import', '@beyond-headers/telemetry/register'];
