/** Runs `work` and returns how many of its `count` pieces it did per second. */
export async function perSecond(count: number, work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return (count / (performance.now() - startedAt)) * 1_000;
}

/** Runs `work` this many times, with at most `atATime` runs at the same time. */
export async function together(count: number, atATime: number, work: () => Promise<unknown>): Promise<void> {
  let left = count;
  const worker = async () => {
    while (left-- > 0) await work();
  };
  await Promise.all(Array.from({ length: atATime }, worker));
}
