import { isMongoUnavailable } from '@beyond-headers/service-kit';
import pLimit from 'p-limit';
import { Circuit } from './circuit.ts';
import { Pace } from './pace.ts';
import { GroupCommit } from './queue/group-commit.ts';
import { completeOrders, type Completion } from './queue/settle.ts';
import type { Worker } from './work.ts';

/** What is given to a worker; it has the rest of its own. */
export type WorkerOptions = Omit<Worker, 'completions' | 'slots' | 'pace' | 'circuit'>;

/** @param slots how many handlers run at a time */
export function createWorker(options: WorkerOptions, slots: number): Worker {
  return {
    ...options,
    completions: new GroupCommit(
      (group: Completion[]) => completeOrders(options.queue, group),
      isMongoUnavailable,
    ),
    slots: pLimit(slots),
    pace: new Pace(),
    circuit: new Circuit(options.queue),
  };
}
