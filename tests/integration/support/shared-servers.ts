import type { TraceStoreUrls } from '../../support/fork-trace-store.ts';

/** The servers that all test files of the suite use. */
export interface SharedServers {
  mongodbUri: string;
  traces: TraceStoreUrls;
}

/** Holds the shared servers, as JSON, in the environment of all test processes. */
export const SHARED_SERVERS = 'TEST_SHARED_SERVERS';

const text = process.env[SHARED_SERVERS];

/** Undefined if this test file runs alone. Then it starts what it needs itself. */
export const sharedServers = text === undefined ? undefined : (JSON.parse(text) as SharedServers);
