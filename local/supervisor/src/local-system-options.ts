import type { Ports } from './ports.ts';
import type { ProcessDefinition, SystemContext } from './process-definition.ts';

/** Options for starting a local system. */
export interface LocalSystemOptions {
  /** Default: 0 for each port, which means any free port. */
  ports?: Partial<Ports>;
  /** Additional environment variables, by the name of the process. */
  env?: Record<string, Record<string, string>>;
  /** Names of the processes to start, including `mongod`. Default: all. */
  only?: string[];
  /** Called with each line of output, prefixed with the name of its process. */
  log?: (line: string) => void;
  colour?: boolean;
  /** Name of the directory in `.local/run`, whose data is kept after the run. Default: a temporary directory. */
  runId?: string;
  /** Path of the file for kubectl. Default: in the run's directory. */
  kubeconfig?: string;
  /** Path of a file that a shell can source to use this system. With this file, commands find the system, too. Default: none. */
  envFile?: string;
  /** The table of processes. Default: the project's. */
  processes?: (context: SystemContext) => ProcessDefinition[];
  /** Aborts the start. */
  signal?: AbortSignal;
}
