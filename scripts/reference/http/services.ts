import { describeApi, type OpenApiDocument } from '@beyond-headers/service-kit';
import { PORTS } from '../../../local/supervisor/src/ports.ts';
import { jobLauncherApi } from '../../../services/job-launcher/api.ts';
import { jobLauncherDemoOperations } from '../../../services/job-launcher/demo/api.ts';
import { playgroundApi } from '../../../services/playground/api.ts';
import { pollerApi } from '../../../services/poller/api.ts';
import { pollerDemoOperations } from '../../../services/poller/demo/api.ts';
import { writerApi } from '../../../services/writer/api.ts';
import { writerDemoOperations } from '../../../services/writer/demo/api.ts';

export interface DescribedService {
  document: OpenApiDocument;
  port: { variable: string; fallback: number };
}

/** The services that speak HTTP, with what each answers at `/openapi.json`. */
export const SERVICES: readonly DescribedService[] = [
  { document: describeApi(writerApi, writerDemoOperations), port: PORTS.writer },
  { document: describeApi(pollerApi, pollerDemoOperations), port: PORTS.poller },
  { document: describeApi(jobLauncherApi, jobLauncherDemoOperations), port: PORTS.jobLauncher },
  { document: describeApi(playgroundApi), port: PORTS.playground },
];
