import { describeApi, type ApiDescription, type OpenApiDocument } from '@beyond-headers/service-kit';
import { PORTS } from '../../../local/supervisor/src/ports.ts';
import { jobLauncherApi } from '../../../services/job-launcher/api.ts';
import { playgroundApi } from '../../../services/playground/api.ts';
import { pollerApi } from '../../../services/poller/api.ts';
import { writerApi } from '../../../services/writer/api.ts';

export interface DescribedService {
  document: OpenApiDocument;
  port: { variable: string; fallback: number };
}

/** The services that speak HTTP, with what each answers at `/openapi.json`. */
export const SERVICES: readonly DescribedService[] = [
  described(writerApi, PORTS.writer),
  described(pollerApi, PORTS.poller),
  described(jobLauncherApi, PORTS.jobLauncher),
  described(playgroundApi, PORTS.playground),
];

function described(api: ApiDescription, port: DescribedService['port']): DescribedService {
  return { document: describeApi(api), port };
}
