import { trace } from '@opentelemetry/api';
import type { BatchV1Api, CoreV1Api, VersionApi } from '@kubernetes/client-node';
import { apiDocs } from '@beyond-headers/api-docs';
import { jobName, launchReport as launchReportBody } from '@beyond-headers/contracts';
import { createHttpApp, HttpProblem, type Logger } from '@beyond-headers/service-kit';
import { traceIdOf } from '@beyond-headers/telemetry';
import { Router, type Express } from 'express';
import { jobLauncherApi } from './api.ts';
import { resolveHostAliases } from './host-aliases.ts';
import { TRACE_ID_LABEL, type ReportJobSettings } from './job-manifest.ts';
import { launchReport } from './launch-report.ts';
import type { SeenPod } from './observer/outcome.ts';
import { readCarrier } from './read-carrier.ts';
import { readReport } from './report-status.ts';
import { timeLimited } from './request-timeout.ts';

export interface JobLauncherOptions {
  kubernetes: { batch: BatchV1Api; core: CoreV1Api; version: VersionApi };
  job: ReportJobSettings;
  /** Names that are resolved here for the job's pod. */
  hostAliases?: string[];
  /** What the observer remembers of a Job's pods that are gone. */
  gonePods?: (jobUid: string) => SeenPod[];
  /** Base URL for `links.trace`. */
  tracesUrl: string;
  /** Whether `demo` of a request is obeyed and `GET /reports/:jobName/carrier` is served. */
  demoControls?: boolean;
  /** Names that it is reached by: `ALLOWED_HOSTS`. */
  allowedHosts?: readonly string[] | undefined;
  logger: Logger;
}

/** Creates the Job of an order and tells what became of it. */
export function createJobLauncherApp({
  kubernetes,
  job,
  hostAliases = [],
  gonePods = () => [],
  tracesUrl,
  demoControls = false,
  allowedHosts,
  logger,
}: JobLauncherOptions): Express {
  const { batch, core, version } = kubernetes;
  const routes = Router();
  routes.use('/docs', apiDocs());
  const collector = new URL(job.otlpEndpoint).hostname;

  routes.post('/reports', async (request, response) => {
    const body = launchReportBody.parse(request.body);
    if (!demoControls) delete body.demo;
    const settings = { ...job, hostAliases: await resolveHostAliases(hostAliases, collector) };
    const { metadata } = await launchReport(batch, body, settings);
    // Of a Job that was there before, the trace is the one that it was launched in.
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

  if (demoControls) {
    routes.get('/reports/:jobName/carrier', async (request, response) => {
      const carrier = await readCarrier(batch, job.namespace, jobName.parse(request.params.jobName));
      if (!carrier) throw new HttpProblem(404, 'There is no Job with this name.');
      response.json(carrier);
    });
  }

  return createHttpApp({
    logger,
    routes,
    api: jobLauncherApi,
    checks: { kubernetes: async () => void (await version.getCode({}, timeLimited())) },
    allowedHosts,
  });
}
