// Runs a service, and kills it as a crash would. KILL_AT=before:2 kills it before its second write. KILL_AT=after:failedParts kills it
// after the first write whose arguments match the regular expression.
import { Collection } from 'mongodb';

const [, when, which = ''] = /^(before|after):(.*)$/.exec(process.env['KILL_AT'] ?? '') ?? [];
let writes = 0;

const WRITES = ['findOneAndUpdate', 'updateOne', 'updateMany', 'bulkWrite'] as const;

/**
 * Reports whether an operation counts as a write. A claim that found nothing doesn't count. A heartbeat, which renews a lease, doesn't
 * count either, because it can come at any time.
 */
function isWrite(filter: unknown, result: unknown): boolean {
  if (typeof filter === 'object' && filter !== null && 'lease.token' in filter && isOfMany(result))
    return false;
  return result !== null && (!isOfMany(result) || result.modifiedCount > 0);
}

const isOfMany = (result: unknown): result is { modifiedCount: number } =>
  typeof result === 'object' && result !== null && 'upsertedId' in result && 'modifiedCount' in result;

const isCounted = /^\d+$/.test(which);
const isIt = (write: number, given: unknown[]): boolean =>
  isCounted ? write === Number(which) : new RegExp(which).test(JSON.stringify(given));

for (const name of WRITES) {
  const write = Collection.prototype[name] as (...given: unknown[]) => Promise<unknown>;
  const killing = async function (this: Collection, ...given: unknown[]) {
    if (when === 'before' && isIt(writes + 1, given)) die();
    const result = await write.apply(this, given);
    // An expression can also select a write under a lease.
    if (isCounted ? !isWrite(given[0], result) : result === null) return result;
    writes++;
    if (when === 'after' && isIt(writes, given)) die();
    return result;
  };
  Object.defineProperty(Collection.prototype, name, { value: killing });
}

function die(): never {
  process.kill(process.pid, 'SIGKILL');
  // Does nothing more until the signal arrives.
  for (;;);
}

await import(new URL(`../../../services/${process.env['OTEL_SERVICE_NAME']}/main.ts`, import.meta.url).href);
