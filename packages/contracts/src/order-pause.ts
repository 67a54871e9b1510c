import type { DocumentContext } from '@beyond-headers/propagation';
import { z } from 'zod';
import { ofSteps, type StoredStatus } from './order-status.ts';

export const pauseReason = z
  .enum(['approval', 'parts', 'schedule'])
  .describe('What the work waits for, or waited for. `schedule`: the time of its next run.');

/** Why the work on an order stood still, as the outside sees it. */
export const pauseView = z
  .object({
    reason: pauseReason,
    since: z.iso.datetime().describe("When the work stopped, by the database's clock."),
    until: z.iso.datetime().optional().describe('When the work could resume. Absent while it still waits.'),
  })
  .meta({
    id: 'Pause',
    description: 'The last time that the work on an order stopped to wait for something.',
  });

export type PauseReason = z.infer<typeof pauseReason>;

/** The last stop of an order's work. Written with the status that stops it; the dates are the MongoDB server's. */
export interface Pause {
  reason: PauseReason;
  since: Date;
  /** The span of the attempt that stopped, with its baggage: the work goes on from here. Absent when tracing is off. */
  context?: DocumentContext;
  /** When it was let go on. */
  until?: Date;
  /** The spans that let it go on, to be linked: the request that approved it, the last span of each part. */
  causes?: DocumentContext[];
  /** Of a pause for parts: the ids of those that did not fulfill their share. */
  failedParts?: string[];
}

/**
 * How an attempt that parks its order ends. The work goes on later, in a segment of its own: when an approval comes (`held`), when
 * the last part has ended (`waiting`), or at a time (`scheduled`).
 */
export type ParkOutcome = 'held' | 'waiting' | 'scheduled';

/** What a parked order waits for, and the status that it has until then. */
export const PARKED: Readonly<Record<ParkOutcome, { reason: PauseReason; status: StoredStatus }>> = {
  held: { reason: 'approval', status: 'held' },
  waiting: { reason: 'parts', status: 'waiting' },
  scheduled: { reason: 'schedule', status: ofSteps('pending') },
};
