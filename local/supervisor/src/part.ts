/** A part of the system that the supervisor starts and stops. */
export interface Part {
  name: string;
  /** Names of the parts that this one uses. They stop only after it. */
  uses: string[];
  /** The parts in `uses` that must be ready before this one starts. Default: all of them. */
  awaits?: string[] | undefined;
  /** Undefined while it does not run. */
  pid(): number | undefined;
  /** Resolves when the part is ready. Rejects with the reason if it can't start, or if `signal` is aborted. */
  start(signal: AbortSignal): Promise<void>;
  /** Asks the part to end, and kills it at `deadline` (Unix time in milliseconds). Resolves when it is gone. */
  stop(deadline: number): Promise<void>;
  /** Stops the part if it runs, and starts it again with the same settings. Resolves when it is ready. */
  restart(): Promise<void>;
  /** Sends a signal to the part, and resolves when it is gone. */
  kill(signal: NodeJS.Signals): Promise<void>;
}

/** Called when a part ends without being asked to. `why` is a message for the user. */
export type OnUnexpectedEnd = (why: string) => void;
