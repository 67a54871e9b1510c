/**
 * Keeps the process alive if a value is a promise that rejects later. A function that must not be asynchronous may return one, and
 * nothing awaits it.
 */
export function ignoreRejection(value: unknown): void {
  Promise.resolve(value).catch(() => {});
}
