/**
 * A side of the comparison, as a process: asked for so many messages, it fills its queue, works them off, and answers with messages a
 * second.
 * @param {(count: number) => Promise<number>} workOff resolves with milliseconds from the first claim until the last end is durable
 */
export const serveRounds = (workOff) => serve(async (count) => (count / (await workOff(count))) * 1_000);

/** A process that is asked for so many messages, as often as you like, and answers with what it measured. */
export function serve(measure) {
  process.on('message', (count) => {
    void measure(count).then((answer) => process.send(answer));
  });
  process.on('disconnect', () => process.exit(0));
  process.send('ready');
}

const BETWEEN_MS = 10;

/**
 * Inserts 100 messages a second, each whether or not the ones before have arrived.
 * @param {(key: string) => Promise<unknown>} insert
 * @returns a function to call when a handler starts, and the milliseconds of each message from its insert until then
 */
export function insertEvenly(count, insert) {
  const insertedAt = new Map();
  const times = [];
  const { promise, resolve, reject } = Promise.withResolvers();
  const started = (key) => {
    times.push(performance.now() - insertedAt.get(key));
    if (times.length === count) resolve(times);
  };
  const timer = setInterval(() => {
    const key = `message-${insertedAt.size}`;
    insertedAt.set(key, performance.now());
    if (insertedAt.size === count) clearInterval(timer);
    insert(key).catch(reject);
  }, BETWEEN_MS);
  return { started, times: promise };
}

/** Resolves `all` when it was hit so often. */
export function countTo(count) {
  const { promise, resolve } = Promise.withResolvers();
  let left = count;
  return { all: promise, hit: () => void (--left === 0 && resolve()) };
}

export const CONCURRENCY = 8;
export const PAYLOAD = { customer: 'ada', items: [{ sku: 'tea', quantity: 1, unitPriceCents: 250 }] };
