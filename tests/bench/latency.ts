import { run as runQueue } from './queue.ts';

/** Runs only the latency part of the queue's benchmark: `npm run bench -- latency`. */
export const run = (): Promise<void> => runQueue({ parts: ['latency'], numbers: false });
