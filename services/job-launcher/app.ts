import { trace } from '@opentelemetry/api';
import type { BatchV1Api, CoreV1Api, VersionApi } from '@kubernetes/client-node';
import { apiDocs } from '@beyond-headers/api-docs';
import { jobName, launchReport as launchReportBody } from '@beyond-headers/contracts';
import { createHttpApp, HttpProblem, type ExtraCalls, type Logger } from '@beyond-headers/service-kit';
import { traceIdOf } from '@beyond-headers/telemetry';
import { Router, type Express } from 'express';
import { jobLauncherApi } from './api.ts';
import type { ReportJobSettings } from './config.ts';
import { resolveHostAliases } from './host-aliases.ts';
import { TRACE_ID_LABEL } from './job-manifest.ts';
import { launchReport, type FinishJob } from './launch-report.ts';
import type { SeenPod } from './observer/outcome.ts';
import { readReport } from './report-status.ts';
import { timeLimited } from './request-timeout.ts';

export interface JobLauncherOptions {
  kubernetes: { batch: BatchV1Api; core: CoreV1Api; version: VersionApi };
  job: ReportJobSettings;
  /** Host names that the launcher resolves for the job's pod. */
  hostAliases?: string[];
  /** Returns the deleted pods of a Job, as the observer remembers them. */
  gonePods?: (jobUid: string) => SeenPod[];
  /** Base URL for `links.trace`. */
  tracesUrl: string;
  /** Makes the last changes to a Job before it is created. */
  finish?: FinishJob | undefined;
  extra?: ExtraCalls | undefined;
  /** The host names by which clients reach the service: `ALLOWED_HOSTS`. */
  allowedHosts?: readonly string[] | undefined;
  logger: Logger;
}

/** Creates the HTTP app that launches the Job of an order and reports its outcome. */
export function createJobLauncherApp({
  kubernetes,
  job,
  hostAliases = [],
  gonePods = () => [],
  tracesUrl,
  finish,
  extra,
  allowedHosts,
  logger,
}: JobLauncherOptions): Express {
  const { batch, core, version } = kubernetes;
  const routes = Router();
  routes.use('/docs', apiDocs());
  const collectors = [job.otlpEndpoint, job.logsEndpoint ?? []].flat().map((url) => new URL(url).hostname);

  routes.post('/reports', async (request, response) => {
    const body = launchReportBody.parse(request.body);
    const settings = { ...job, hostAliases: await resolveHostAliases(hostAliases, collectors) };
    const { metadata } = await launchReport(batch, body, settings, finish);
    // If the Job already existed, this is the trace in which it was launched.
    const traceId = metadata?.labels?.[TRACE_ID_LABEL] ?? traceIdOf(trace.getActiveSpan());
    response.status(202).json({
      jobName: metadata?.name,
      namespace: metadata?.namespace,
      ...(traceId && { traceId }),
      links: {
        self: `/reports/${metadata?.name}`,
        ...(traceId && { trace: `${tracesUrl}/trace/${traceId}` }),
      },
    });
  });

  routes.get('/reports/:jobName', async (request, response) => {
    const name = jobName.safeParse(request.params.jobName);
    const report = name.success
      ? await readReport(name.data, { batch, core, namespace: job.namespace, gonePods })
      : undefined;
    if (!report)
      throw new HttpProblem(
        404,
        'There is no Job with this name. It may have been removed after its time to live.',
      );
    response.json(report);
  });

  return createHttpApp({
    logger,
    routes,
    api: jobLauncherApi,
    extra,
    checks: { kubernetes: async () => void (await version.getCode({}, timeLimited())) },
    allowedHosts,
  });
}
