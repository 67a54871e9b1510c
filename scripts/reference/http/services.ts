import {
  describeApi,
  type ApiDescription,
  type ApiOperations,
  type OpenApiDocument,
} from '@beyond-headers/service-kit';
import type { LastingService } from '@beyond-headers/service-kit/service';
import { LASTING } from '../../../services/services.ts';
import { exported } from '../exported.ts';

export interface DescribedService {
  key: keyof typeof LASTING;
  document: OpenApiDocument;
  service: LastingService;
}

/** The services with an HTTP API, each with its OpenAPI document. The document combines `xApi` of `api.ts` and that of the demo. */
export const SERVICES: readonly DescribedService[] = await Promise.all(
  Object.entries(LASTING).map(described),
);

async function described([key, service]: [string, LastingService]): Promise<DescribedService> {
  const folder = `services/${service.name}`;
  const api = await exported<ApiDescription>(`${folder}/api.ts`, `${key}Api`);
  if (!api) throw new Error(`${folder} has no api.ts, which describes its calls.`);
  const demo = await exported<ApiOperations>(`${folder}/demo/api.ts`, `${key}DemoOperations`);
  return { key: key as keyof typeof LASTING, document: describeApi(api, demo), service };
}
