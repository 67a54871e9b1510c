/**
 * Serves one side of the comparison: for each number of messages that it receives, it runs `workOff` and sends back messages per second.
 * @param {(count: number) => Promise<number>} workOff fills the queue, and resolves with milliseconds from the first claim until the last
 * completion is durable
 */
export const serveRounds = (workOff) => serve(async (count) => (count / (await workOff(count))) * 1_000);

/** Runs `measure` for each number of messages that the parent process sends, and sends back the result. */
export function serve(measure) {
  process.on('message', (count) => {
    void measure(count).then((answer) => process.send(answer));
  });
  process.on('disconnect', () => process.exit(0));
  process.send('ready');
}

const BETWEEN_MS = 10;

/**
 * Inserts 100 messages per second, without waiting for earlier inserts.
 * @param {(key: string) => Promise<unknown>} insert
 * @returns a function to call when a handler starts, and a promise of the milliseconds from each insert to the start of its handler
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

/** Resolves `all` after `count` hits. */
export function countTo(count) {
  const { promise, resolve } = Promise.withResolvers();
  let left = count;
  return { all: promise, hit: () => void (--left === 0 && resolve()) };
}

export const CONCURRENCY = 8;
export const PAYLOAD = { customer: 'ada', items: [{ sku: 'tea', quantity: 1, unitPriceCents: 250 }] };
