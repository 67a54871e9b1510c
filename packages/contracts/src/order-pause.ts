import type { DocumentContext } from '@beyond-headers/propagation';
import { z } from 'zod';
import { ofSteps, type StoredStatus } from './order-status.ts';

const pauseReason = z
  .enum(['approval', 'parts', 'schedule'])
  .describe('What the work waits for, or waited for. `schedule`: the time of its next run.');

/** A pause of an order, as the API shows it. */
export const pauseView = z
  .object({
    reason: pauseReason,
    since: z.iso.datetime().describe("When the work stopped, by the database's clock."),
    until: z.iso
      .datetime()
      .optional()
      .describe(
        'When the wait ended. Absent while the work still waits, and always with the reason `schedule`.',
      ),
  })
  .meta({
    id: 'Pause',
    description: 'The last time that the work on an order stopped to wait for something.',
  });

type PauseReason = z.infer<typeof pauseReason>;

/** The last pause of an order. It is written together with the status. Its times come from the MongoDB server's clock. */
export interface Pause {
  reason: PauseReason;
  since: Date;
  /** The context of the attempt that stopped, with its baggage. The work resumes from here. Absent if tracing is off. */
  context?: DocumentContext;
  /** When the work could resume. */
  until?: Date;
  /** The spans that let the work resume, to be linked: the request that approved it, or the last span of each part. */
  causes?: DocumentContext[];
  /** After a pause for parts: the IDs of the parts that were not fulfilled. */
  failedParts?: string[];
}

/**
 * How an attempt that parks its order ends. The work resumes later, in its own segment: after an approval (`held`), after the
 * last part has ended (`waiting`), or at a set time (`scheduled`).
 */
export type ParkOutcome = 'held' | 'waiting' | 'scheduled';

/** What a parked order waits for, and its status until then. */
export const PARKED: Readonly<Record<ParkOutcome, { reason: PauseReason; status: StoredStatus }>> = {
  held: { reason: 'approval', status: 'held' },
  waiting: { reason: 'parts', status: 'waiting' },
  scheduled: { reason: 'schedule', status: ofSteps('pending') },
};
