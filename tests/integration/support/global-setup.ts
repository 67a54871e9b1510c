// `npm test` runs this module once (`--test-global-setup`), because each test file would otherwise start its own servers.
import { startMongod, type Mongod } from '@beyond-headers/local-mongod';
import { forkTraceStore } from '../../support/fork-trace-store.ts';
import { SHARED_SERVERS, type SharedServers } from './shared-servers.ts';

let mongod: Mongod | undefined;

export async function globalSetup(): Promise<void> {
  const [started, traces] = await Promise.all([startMongod(), forkTraceStore({ maxTraces: 100_000 })]);
  mongod = started;
  process.env[SHARED_SERVERS] = JSON.stringify({ mongodbUri: mongod.uri, traces } satisfies SharedServers);
}

export async function globalTeardown(): Promise<void> {
  await mongod?.close();
}
