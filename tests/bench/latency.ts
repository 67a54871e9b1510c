import { run as runQueue } from './queue.ts';

/** `npm run bench -- latency`: that part of the queue's benchmark alone. */
export const run = (): Promise<void> => runQueue({ parts: ['latency'], numbers: false });
