import type { RecordEvent } from '../store/events.ts';
import type { Store } from '../store/store.ts';
import type { LogBook } from './log-book.ts';

/** The local replacement for a container image: a command on this machine. */
export interface Image {
  /** The entrypoint. A container's `command` replaces it, and its `args` are appended to it. */
  command: string[];
  /** Directory in which the command starts. Default: `/`. */
  workingDir?: string | undefined;
  /** Variables of the image. Those of the manifest take precedence. PATH and HOME have defaults, as in a container. */
  env?: Record<string, string> | undefined;
}

/** What the controllers and the kubelet know about their node. */
export interface Node {
  name: string;
  /** Address of the node and of its pods, which have no network of their own. */
  address: string;
  images: Readonly<Record<string, Image>>;
  /** Service variables that every container gets. */
  serviceEnv: Record<string, string>;
  /** Returns the length of a delay that is built into Kubernetes, in milliseconds, scaled by `timeScale`. */
  scaled(seconds: number): number;
  store: Store;
  event: RecordEvent;
  logs: LogBook;
}
