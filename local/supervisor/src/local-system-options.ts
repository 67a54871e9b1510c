import type { Ports } from './ports.ts';
import type { ProcessDefinition, SystemContext } from './process-definition.ts';

/** How to start a local system. Every field may be left out. */
export interface LocalSystemOptions {
  /** Default: 0, a free one, for each. */
  ports?: Partial<Ports>;
  /** Added to the environment of one process, by its name. */
  env?: Record<string, Record<string, string>>;
  /** Names of what to start, `mongod` among them. Default: all. */
  only?: string[];
  /** Gets each line of output, with the name of its process before it. */
  log?: (line: string) => void;
  colour?: boolean;
  /** Name of the directory in `.local/run` whose data is kept. Default: a temporary one. */
  runId?: string;
  /** Path of the file for kubectl. Default: in the run's directory. */
  kubeconfig?: string;
  /** Path of a file that a shell reads to use this system; commands find it then as well. Default: none. */
  envFile?: string;
  /** The table of processes. Default: the project's. */
  processes?: (context: SystemContext) => ProcessDefinition[];
  /** Aborts the start. */
  signal?: AbortSignal;
}
