/** One thing that the supervisor starts and stops. */
export interface Part {
  name: string;
  /** Names of the parts that stop only after this one. */
  uses: string[];
  /** Of these, the ones that have to be ready before this one starts: all of them, unless given. */
  awaits?: string[] | undefined;
  /** Undefined while it does not run. */
  pid(): number | undefined;
  /** Resolves once it can do its work; rejects with the reason when it cannot, or when `signal` is aborted. */
  start(signal: AbortSignal): Promise<void>;
  /** Asks it to end, and ends it by force when `deadline` (Unix ms) has passed. Resolves once it is gone. */
  stop(deadline: number): Promise<void>;
  /** Stops it if it runs, and starts it again with the same settings. Resolves once it can do its work. */
  restart(): Promise<void>;
  /** Ends it without asking. Resolves once it is gone. */
  kill(signal: NodeJS.Signals): Promise<void>;
}

/** Called when a part ends without being asked to; `why` is for people. */
export type OnUnexpectedEnd = (why: string) => void;
