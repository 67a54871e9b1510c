/** The input of a provider. */
export interface Search {
  env: NodeJS.ProcessEnv;
  cacheDirectory: string;
  log: (line: string) => void;
  /** Aborted when the program is not needed anymore. A download then ends, and leaves no files. */
  signal: AbortSignal;
}

/** One way to get a mongod. */
export interface Provider {
  /** Where the provider finds a mongod, for the list in the error of `findMongod`. */
  name: string;
  /** Returns the path of a mongod that has run once. Throws with the reason if this way does not work here. */
  find(search: Search): Promise<string>;
}
