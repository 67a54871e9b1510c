import { z } from 'zod';
import { demoSwitches } from './demo-switches.ts';
import { orderId } from './order.ts';

/** Body of `POST /reports`. The same order again is the same Job. */
export const launchReport = z.strictObject({ orderId, demo: demoSwitches.optional() });

/** A Job name as `report-<orderId>` makes it. */
export const jobName = z.string().regex(/^report-[0-9a-f]{24}$/, 'expected report-<orderId>');

export const launchedReport = z.object({
  jobName,
  namespace: z.string(),
  traceId: z.string(),
  links: z.object({ self: z.string(), trace: z.string() }),
});

export const jobPhase = z.enum(['pending', 'running', 'succeeded', 'failed']);

export const jobAttempt = z.object({
  /** From 1, in the order in which Kubernetes made the pods; of an Indexed Job for each index. */
  attempt: z.int(),
  pod: z.string(),
  phase: z.string(),
  reason: z.string().optional(),
  exitCode: z.int().optional(),
  startedAt: z.string().optional(),
  finishedAt: z.string().optional(),
});

/** Answer of `GET /reports/:jobName`: the Job as Kubernetes sees it. */
export const reportStatus = z.object({
  jobName,
  namespace: z.string(),
  phase: jobPhase,
  reason: z.string().optional(),
  exitCode: z.int().optional(),
  attempts: z.array(jobAttempt),
  traceId: z.string().optional(),
});

export type LaunchReport = z.infer<typeof launchReport>;
export type LaunchedReport = z.infer<typeof launchedReport>;
export type ReportStatus = z.infer<typeof reportStatus>;
export type JobPhase = z.infer<typeof jobPhase>;
export type JobAttempt = z.infer<typeof jobAttempt>;

/** A document of the `reports` collection; `_id` is the order's, so that an attempt that runs twice writes one report. */
export interface ReportDocument {
  _id: string;
  customer: string;
  orders: number;
  totalCents: number;
  createdAt: Date;
  traceId?: string;
}
