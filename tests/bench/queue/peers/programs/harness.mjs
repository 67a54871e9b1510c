/**
 * A side of the comparison, as a process: asked for so many messages, it fills its queue, works them off, and answers with messages a
 * second.
 * @param {(count: number) => Promise<number>} workOff resolves with milliseconds from the first claim until the last end is durable
 */
export function serveRounds(workOff) {
  process.on('message', (count) => {
    void workOff(count).then((ms) => process.send((count / ms) * 1_000));
  });
  process.on('disconnect', () => process.exit(0));
  process.send('ready');
}

/** Resolves `all` when it was hit so often. */
export function countTo(count) {
  const { promise, resolve } = Promise.withResolvers();
  let left = count;
  return { all: promise, hit: () => void (--left === 0 && resolve()) };
}

export const CONCURRENCY = 8;
export const PAYLOAD = { customer: 'ada', items: [{ sku: 'tea', quantity: 1, unitPriceCents: 250 }] };
