import type { Ports } from './ports.ts';

/** One process of the local system. */
export interface ProcessDefinition {
  name: string;
  /** Arguments for node. */
  args: string[];
  /** Working directory. */
  cwd: string;
  /** Added to the environment of the supervisor; what is undefined is left out. */
  env: NodeJS.ProcessEnv;
  /** Answers 200 once the process can do its work. */
  readyUrl: string;
  /** Done each time it has become ready, before those that use it start. */
  onReady?: () => Promise<void>;
  /** Names of what stops only after this. */
  uses: string[];
  /** Of these, what has to be ready before this starts: all of it, unless given. */
  awaits?: string[];
}

/** What the table of processes is made from. */
export interface SystemContext {
  ports: Ports;
  mongodbUri: string;
  mongodbDatabase: string;
  /** Path of the file that the cluster writes for kubectl and the job-launcher. */
  kubeconfig: string;
  /** Where services keep spans until they are delivered: a crash shows the span that it cut off. */
  journals: string;
}

/** Options of node that start the telemetry of a process. */
export const PRELOAD = ['--import', '@beyond-headers/telemetry/register'];
