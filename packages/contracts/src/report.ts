import { z } from 'zod';
import { demoSwitches } from './demo-switches.ts';
import { orderId } from './order.ts';

export const launchReport = z.strictObject({ orderId, demo: demoSwitches.optional() }).meta({
  id: 'LaunchReport',
  description: 'The order to report on. A second request for the same order returns the same Job.',
  examples: [{ orderId: '6740e1c2a5f3b1d2c3e4f506' }],
});

/** The name of a report's Job: `report-<orderId>`. */
export const jobName = z
  .string()
  .regex(/^report-[0-9a-f]{24}$/, 'expected report-<orderId>')
  .describe('The name of the Job: `report-` and the id of the order.');

export const launchedReport = z
  .object({
    jobName,
    namespace: z.string(),
    traceId: z
      .string()
      .optional()
      .describe(
        'The id of the trace in which the Job was launched, by this call or an earlier one. Absent while telemetry is off.',
      ),
    links: z.object({
      self: z.string().describe('The path of the report at the job-launcher.'),
      trace: z.string().optional().describe('The URL of a page that shows the trace.'),
    }),
  })
  .meta({ id: 'LaunchedReport', description: 'The Job that makes the report.' });

export const jobPhase = z
  .enum(['pending', 'running', 'succeeded', 'failed'])
  .meta({ id: 'JobPhase', description: 'The state of a Job.' });

const jobAttempt = z
  .object({
    attempt: z
      .int()
      .describe(
        'The number of the attempt, from 1. Attempts are numbered in the order in which Kubernetes created their pods. In an Indexed Job, each pod has an index, and the attempts with the same index are numbered from 1.',
      ),
    pod: z.string(),
    phase: z.string().describe("The pod's phase, as Kubernetes names it, such as `Running`."),
    reason: z.string().optional().describe('Why the pod ended, such as `OOMKilled`.'),
    exitCode: z.int().optional(),
    startedAt: z.string().optional(),
    finishedAt: z.string().optional(),
  })
  .meta({ id: 'JobAttempt', description: 'An attempt of a Job, which is one of its pods.' });

export const reportStatus = z
  .object({
    jobName,
    namespace: z.string(),
    phase: jobPhase,
    reason: z.string().optional().describe('Why the Job is in this phase, such as `OOMKilled`.'),
    exitCode: z.int().optional().describe('The exit code of the last attempt.'),
    attempts: z.array(jobAttempt),
    maxAttempts: z.int().describe('The number of failed attempts after which the Job has failed for good.'),
    traceId: z.string().optional().describe('The id of the trace in which the Job was launched.'),
  })
  .meta({ id: 'ReportStatus', description: 'A Job as Kubernetes sees it.' });

export type LaunchReport = z.infer<typeof launchReport>;
export type LaunchedReport = z.infer<typeof launchedReport>;
export type ReportStatus = z.infer<typeof reportStatus>;
export type JobPhase = z.infer<typeof jobPhase>;
export type RunTimes = z.infer<typeof runTimes>;
export type JobAttempt = z.infer<typeof jobAttempt>;

/**
 * When the process of a job started and ended its work, by its own clock. The process writes these times as JSON to the
 * container's termination message, because Kubernetes itself records only whole seconds.
 */
export const runTimes = z.object({ startedAt: z.iso.datetime(), endedAt: z.iso.datetime().optional() });

/** A document in the `reports` collection. `_id` is the order's ID, so that an attempt that runs twice writes one report. */
export interface ReportDocument {
  _id: string;
  customer: string;
  orders: number;
  totalCents: number;
  createdAt: Date;
  traceId?: string;
}
