/** What a provider is given. */
export interface Search {
  env: NodeJS.ProcessEnv;
  cacheDirectory: string;
  log: (line: string) => void;
  /** Aborted when the program is no longer wanted: a download ends and leaves nothing. */
  signal: AbortSignal;
}

/** One way to come by a mongod. */
export interface Provider {
  /** What it looks at, as the end of "tried …". */
  name: string;
  /** Path of a mongod that was seen to run; throws with the reason why this way does not work here. */
  find(search: Search): Promise<string>;
}
