import type { RecordEvent } from '../store/events.ts';
import type { Store } from '../store/store.ts';
import type { LogBook } from './log-book.ts';

/** What a container image is here: a command on this machine. */
export interface Image {
  /** The entrypoint; a container's `command` replaces it, its `args` are appended to it. */
  command: string[];
  /** Directory the command starts in; `/` when absent. */
  workingDir?: string | undefined;
  /** Variables that the image defines, under those of the manifest; PATH and HOME have the defaults of a container. */
  env?: Record<string, string> | undefined;
}

/** What runs Jobs and pods knows of the node they run on. */
export interface Node {
  name: string;
  /** Address of the node and, as nothing is isolated here, of its pods. */
  address: string;
  images: Readonly<Record<string, Image>>;
  /** Variables of the services that every container sees. */
  serviceEnv: Record<string, string>;
  /** Length of a delay that Kubernetes has built in, in milliseconds, on this cluster's clock. */
  scaled(seconds: number): number;
  store: Store;
  event: RecordEvent;
  logs: LogBook;
}
