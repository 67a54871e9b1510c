import { startMongod, type Mongod, type MongodOptions } from '@beyond-headers/local-mongod';

import type { OnUnexpectedEnd, Part } from './part.ts';

/** Returns mongod as a part. `mongod()` returns its handle when it has started. */
export function mongodPart(
  options: MongodOptions,
  onUnexpectedEnd: OnUnexpectedEnd,
): Part & { mongod(): Mongod | undefined } {
  let mongod: Mongod | undefined;
  return {
    name: 'mongod',
    uses: [],
    mongod: () => mongod,
    pid: () => mongod?.pid,
    async start(signal) {
      mongod = await startMongod({
        ...options,
        signal,
        onUnexpectedEnd: (how) => onUnexpectedEnd(`mongod ended with ${how}.`),
      });
    },
    stop: async (deadline) => mongod?.close(deadline - Date.now()),
    restart: async () => mongod?.restart(),
    kill: async (signal) => mongod?.kill(signal),
  };
}
