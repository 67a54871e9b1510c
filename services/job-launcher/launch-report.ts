import { SpanKind, type Span } from '@opentelemetry/api';
import { ApiException, type BatchV1Api, type V1Job } from '@kubernetes/client-node';
import { ATTR, SPAN, type LaunchReport } from '@beyond-headers/contracts';
import { injectIntoPodSpec } from '@beyond-headers/propagation';
import { inSpan } from '@beyond-headers/telemetry';
import { kubernetesProblem } from './kubernetes-problem.ts';
import { reportJobManifest, TRACE_ID_LABEL, type ReportJobSettings } from './job-manifest.ts';

/**
 * Creates the Job for an order: the context of the PRODUCER span goes into the environment of every container.
 * The name is made from the order's id, so that "already exists" means "done before".
 */
export async function launchReport(
  batch: BatchV1Api,
  body: LaunchReport,
  settings: ReportJobSettings,
): Promise<V1Job> {
  const job = reportJobManifest(body.orderId, settings);
  const attributes = {
    [ATTR.orderId]: body.orderId,
    'k8s.job.name': job.metadata?.name,
    'k8s.namespace.name': settings.namespace,
  };
  return inSpan(SPAN.launchReportJob, { kind: SpanKind.PRODUCER, attributes }, async (span) => {
    if (body.demo?.job !== 'off') carryContext(job, span);
    const created = await createOnce(batch, job, settings.namespace);
    span.setAttribute('k8s.job.uid', created.metadata?.uid ?? '');
    return created;
  });
}

function carryContext(job: V1Job, span: Span): void {
  if (job.spec?.template.spec) injectIntoPodSpec(job.spec.template.spec);
  Object.assign(job.metadata?.labels ?? {}, { [TRACE_ID_LABEL]: span.spanContext().traceId });
}

async function createOnce(batch: BatchV1Api, body: V1Job, namespace: string): Promise<V1Job> {
  try {
    return await batch.createNamespacedJob({ namespace, body });
  } catch (error) {
    if (!(error instanceof ApiException && error.code === 409)) throw kubernetesProblem(error);
    return batch.readNamespacedJob({ namespace, name: body.metadata?.name ?? '' });
  }
}
