import { context, SpanKind, trace, type Span } from '@opentelemetry/api';
import type { BatchV1Api, V1Job } from '@kubernetes/client-node';
import { ATTR, SPAN, type LaunchReport } from '@beyond-headers/contracts';
import { annotationsCarrier, extractContext, linkTo } from '@beyond-headers/propagation';
import { inSpan } from '@beyond-headers/telemetry';
import { createJobOnce, type CreatedJob } from './create-job-once.ts';
import type { ReportJobSettings } from './config.ts';
import { reportJobManifest, reportJobName } from './job-manifest.ts';
import { failAsProblem } from './kubernetes-problem.ts';

/** Makes the last changes to a Job before it is created. */
export type FinishJob = (job: V1Job, request: LaunchReport) => V1Job;

/**
 * Creates the Job for an order, with the context of the PRODUCER span in the environment of every container.
 * The Job's name contains the order's id, so "already exists" means that an earlier request created the Job.
 */
export async function launchReport(
  batch: BatchV1Api,
  body: LaunchReport,
  settings: ReportJobSettings,
  finish: FinishJob = (job) => job,
): Promise<V1Job> {
  const attributes = {
    [ATTR.orderId]: body.orderId,
    [ATTR.k8sJobName]: reportJobName(body.orderId),
    [ATTR.k8sNamespace]: settings.namespace,
  };
  return inSpan(SPAN.launchReportJob, { kind: SpanKind.PRODUCER, attributes }, async (span) => {
    const launch = { context: context.active(), at: new Date() };
    const job = reportJobManifest(body.orderId, settings, launch);
    const created = await createJobOnce(batch, finish(job, body)).catch(failAsProblem);
    describe(span, created);
    return created.job;
  });
}

/** Describes the Job on the span. If an earlier launch created the Job, the span links to that launch. */
function describe(span: Span, { job, existed, attempts }: CreatedJob): void {
  span.setAttributes({
    [ATTR.k8sJobUid]: job.metadata?.uid ?? '',
    [ATTR.launchAttempts]: attempts,
    [ATTR.jobExisted]: existed,
  });
  const launchedBy = trace.getSpanContext(extractContext(job.metadata?.annotations, annotationsCarrier));
  if (launchedBy?.spanId !== span.spanContext().spanId) span.addLinks(linkTo(launchedBy));
}
