// A service that is killed, as by a crash, before or after its n-th write: KILL_AT=before:1. A claim that finds nothing is no write.
import { Collection } from 'mongodb';

const [when, nth] = (process.env['KILL_AT'] ?? '').split(':');
let writes = 0;

const WRITES = ['findOneAndUpdate', 'updateOne', 'bulkWrite'] as const;

for (const name of WRITES) {
  const write = Collection.prototype[name] as (...given: unknown[]) => Promise<unknown>;
  const killing = async function (this: Collection, ...given: unknown[]) {
    if (when === 'before' && writes + 1 === Number(nth)) die();
    const result = await write.apply(this, given);
    if (result !== null) writes++;
    if (when === 'after' && writes === Number(nth)) die();
    return result;
  };
  Object.defineProperty(Collection.prototype, name, { value: killing });
}

function die(): never {
  process.kill(process.pid, 'SIGKILL');
  // Nothing more is done, also not until the signal arrives.
  for (;;);
}

await import(new URL(`../../../services/${process.env['OTEL_SERVICE_NAME']}/main.ts`, import.meta.url).href);
